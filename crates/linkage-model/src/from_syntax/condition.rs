//! Conditions as regions: every comparison is checked against the axis that it speaks of.

use super::super::{Attribute, AttributeType, Entity, Institution, ModelError, Wanted};
use super::Resolver;
use super::region::{bounded, bounded_intersect, days_of, minutes_of};
use linkage_regions::{Cuboid, Region, Side};
use linkage_syntax::{Comparison, Expr, Keyword, Name, Operator, Part};
use linkage_text::Span;

impl Resolver<'_> {
    /// The situations in which a condition holds.
    pub(super) fn condition(&mut self, expr: &Expr) -> Region {
        self.holding(expr, true)
    }

    /// Narrows a box to where a condition holds, as far as its parts speak of one axis each; the regions of
    /// its other parts are added to `others`.
    pub(super) fn narrow(&mut self, expr: &Expr, cuboid: &mut Cuboid, others: &mut Vec<(Region, Span)>) {
        match expr {
            Expr::And(all, _) => {
                for part in all {
                    self.narrow(part, cuboid, others);
                }
            }
            Expr::Compare(comparison) => {
                if let Some((axis, side)) = self.comparison(comparison) {
                    *cuboid = cuboid.narrowed(axis, &side);
                }
            }
            _ => others.push((self.condition(expr), expr.span())),
        }
    }

    /// The situations in which a condition holds, or does not. `not` is carried down to the comparisons,
    /// whose complement is one box again.
    fn holding(&mut self, expr: &Expr, holds: bool) -> Region {
        match expr {
            Expr::And(all, _) | Expr::Or(all, _) => {
                let conjunction = matches!(expr, Expr::And(..)) == holds;
                let mut parts = all.iter();
                let Some(first) = parts.next() else { return Region::full(&self.it.space) };
                let mut region = self.holding(first, holds);
                for part in parts {
                    let part_region = self.holding(part, holds);
                    let joined = if conjunction {
                        bounded_intersect(&region, &part_region)
                    } else {
                        bounded(region.union(&part_region))
                    };
                    match joined {
                        Some(joined) => region = joined,
                        None => return self.too_complicated(expr.span()),
                    }
                }
                region
            }
            Expr::Not(inner, _) => self.holding(inner, !holds),
            Expr::Compare(comparison) => match self.comparison(comparison) {
                Some((axis, side)) if holds => self.slab(axis, side),
                Some((axis, side)) => {
                    let size = self.it.space.dimensions[axis].size();
                    self.slab(axis, side.complement(size))
                }
                None => Region::full(&self.it.space),
            },
        }
    }

    /// The axis and the values on it for which a comparison holds; none and an error if it makes no sense.
    fn comparison(&mut self, it: &Comparison) -> Option<(usize, Side)> {
        match &it.operand {
            Part::Word(word) => match word.keyword {
                Keyword::Matter => self.nodes_compared(it, Entity::Matter, Institution::MATTER),
                Keyword::Area => self.nodes_compared(it, Entity::Area, Institution::AREA),
                Keyword::Day => {
                    let side = self.values(it, Wanted::Day, |part| match part {
                        Part::Word(word) => Some(days_of(word.keyword)).filter(|side| !side.is_empty()),
                        _ => None,
                    })?;
                    Some((self.it.day_axis(), equality(it, side, 3)))
                }
                _ => {
                    let side = self.values(it, Wanted::Hours, |part| match part {
                        Part::Hours(from, to, _) => Some(minutes_of(*from, *to)),
                        _ => None,
                    })?;
                    Some((self.it.time_axis(), equality(it, side, 1440)))
                }
            },
            Part::Text(text, _) => {
                let named = |attribute: &Attribute| attribute.head.name == *text;
                let index = self.it.attributes.iter().position(named)?;
                Some((self.it.attribute_axis(index), self.truth(it)?))
            }
            Part::Name(name) => {
                let index = self.find(Entity::Attribute, name)? as usize;
                let attribute = self.it.attributes[index].clone();
                let axis = self.it.attribute_axis(index);
                let side = match &attribute.kind {
                    AttributeType::Boolean => self.truth(it),
                    AttributeType::Integer(low, high) => self.number(it, *low, *high),
                    AttributeType::Values(values) => {
                        let position = |name: &Name| values.iter().position(|value| value.name == name.text);
                        let side = self.values(it, Wanted::Value, |part| match part {
                            Part::Name(name) => Some(Side::value(u32::try_from(position(name)?).ok()?)),
                            _ => None,
                        })?;
                        Some(equality(it, side, u32::try_from(values.len()).unwrap_or(u32::MAX)))
                    }
                };
                Some((axis, side?))
            }
            _ => None,
        }
    }

    fn nodes_compared(&mut self, it: &Comparison, entity: Entity, axis: usize) -> Option<(usize, Side)> {
        if !is_equality(it.operator) {
            return self.incomparable(it, Wanted::Node);
        }
        let mut side = Side::empty();
        for value in &it.values {
            let Part::Name(name) = value else {
                return self.incomparable(it, Wanted::Node);
            };
            let node = self.node(entity, name)?;
            side = side.union(&self.node_side(entity, node));
        }
        let size = self.it.space.dimensions[axis].size();
        Some((axis, equality(it, side, size)))
    }

    /// The union of the values, each read by `read`; an error if one is of another type.
    fn values(
        &mut self,
        it: &Comparison,
        wanted: Wanted,
        read: impl Fn(&Part) -> Option<Side>,
    ) -> Option<Side> {
        if !is_equality(it.operator) {
            return self.incomparable(it, wanted);
        }
        let mut side = Side::empty();
        for value in &it.values {
            match read(value) {
                Some(one) => side = side.union(&one),
                None => return self.incomparable(it, wanted),
            }
        }
        Some(side)
    }

    fn truth(&mut self, it: &Comparison) -> Option<Side> {
        let value = match (it.operator, it.values.as_slice()) {
            (Operator::Holds, _) => true,
            (Operator::Equal | Operator::Unequal, [Part::Word(word)]) => match word.keyword {
                Keyword::True => it.operator == Operator::Equal,
                Keyword::False => it.operator == Operator::Unequal,
                _ => return self.incomparable(it, Wanted::Truth),
            },
            _ => return self.incomparable(it, Wanted::Truth),
        };
        Some(Side::value(u32::from(value)))
    }

    fn number(&mut self, it: &Comparison, low: i64, high: i64) -> Option<Side> {
        let size = u32::try_from(high - low + 1).unwrap_or(u32::MAX);
        let mut side = Side::empty();
        if it.values.is_empty() {
            return self.incomparable(it, Wanted::Number);
        }
        for value in &it.values {
            let (from, to) = match value {
                Part::Number(number, _) => (*number, *number),
                Part::Range(from, to, _) if is_equality(it.operator) => (*from, *to),
                _ => return self.incomparable(it, Wanted::Number),
            };
            for bound in [from, to] {
                if bound < low || bound > high {
                    return self.out_of_range(it, bound, low, high);
                }
            }
            let (from, to) =
                (u32::try_from(from - low).unwrap_or(u32::MAX), u32::try_from(to - low).unwrap_or(u32::MAX));
            side = side.union(&match it.operator {
                Operator::Less => Side::interval(0, from),
                Operator::AtMost => Side::interval(0, from + 1),
                Operator::Greater => Side::interval(to + 1, size),
                Operator::AtLeast => Side::interval(to, size),
                _ => Side::interval(from, to + 1),
            });
        }
        Some(equality(it, side, size))
    }

    fn incomparable<T>(&mut self, it: &Comparison, wanted: Wanted) -> Option<T> {
        let (operand, declared) = match &it.operand {
            Part::Name(name) => (name.text.clone(), self.declared_at(Entity::Attribute, &name.text)),
            Part::Word(word) => (word.keyword.spelling(linkage_text::Language::En).into(), None),
            Part::Text(text, _) => (text.clone(), None),
            _ => ("".into(), None),
        };
        self.errors.push(ModelError::Incomparable { operand, span: it.span, declared, wanted });
        None
    }

    fn out_of_range<T>(&mut self, it: &Comparison, value: i64, low: i64, high: i64) -> Option<T> {
        if let Part::Name(name) = &it.operand {
            let declared = self.declared_at(Entity::Attribute, &name.text).unwrap_or(name.span);
            let attribute = name.text.clone();
            self.errors.push(ModelError::OutOfRange { attribute, value, low, high, span: it.span, declared });
        }
        None
    }
}

fn is_equality(operator: Operator) -> bool {
    matches!(operator, Operator::Equal | Operator::Unequal | Operator::Among(_) | Operator::AmongSet(_))
}

/// The values for `=` and `in`, all others for `!=`.
fn equality(it: &Comparison, side: Side, size: u32) -> Side {
    if it.operator == Operator::Unequal { side.complement(size) } else { side }
}
