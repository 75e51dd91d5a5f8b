//! Regions and situations in the author's own names.

use std::fmt::Write;

use linkage_case::{Fact, Facts};
use linkage_model::{Institution, Taxonomy};
use linkage_regions::{
    self, ClockRange, Cuboid, Dimension, Kind, Named, NodeRef, Point, Region, SideName, Tree,
};
use linkage_text::Language;

/// A region in words, as few boxes as can be, the first of them.
pub fn region_words(institution: &Institution, region: &Region, language: Language, most: usize) -> String {
    boxes_words(institution, &linkage_regions::minimal(region).cuboids, language, most)
}

/// Boxes in words, the first of them.
pub(super) fn boxes_words(
    institution: &Institution,
    boxes: &[Cuboid],
    language: Language,
    most: usize,
) -> String {
    let left = boxes.len().saturating_sub(most);
    let boxes: Vec<String> =
        boxes.iter().take(most).map(|cuboid| cuboid_words(institution, cuboid, language)).collect();
    let mut words = boxes.join(language.pick("; and ", "；以及"));
    if left > 0 {
        let _ = match language {
            Language::En => write!(words, "; and {left} more {}", if left == 1 { "box" } else { "boxes" }),
            Language::Zh => write!(words, "；以及另外{left}个范围"),
        };
    }
    words
}

/// A box in words: the axes on which it is not the whole.
fn cuboid_words(institution: &Institution, cuboid: &Cuboid, language: Language) -> String {
    let sides = linkage_regions::describe(&institution.space, cuboid);
    let named = institution.space.dimensions.iter().zip(&sides).enumerate();
    let parts: Vec<String> = named
        .filter(|(_, (_, side))| **side != SideName::Whole)
        .map(|(axis, (dimension, side))| {
            let values =
                side_words(institution, axis, dimension, side, language).join(language.pick(", ", "、"));
            match axis {
                Institution::MATTER => values,
                Institution::AREA => format!("{}{values}", language.pick("in ", "在")),
                axis if axis == institution.day_axis() || axis == institution.time_axis() => values,
                axis => format!("{} {values}", axis_words(institution, axis, language)),
            }
        })
        .collect();
    if parts.is_empty() {
        return language.pick("every situation", "所有情形").to_owned();
    }
    parts.join(language.pick(", ", "，"))
}

/// The values of a side in words.
fn side_words(
    institution: &Institution,
    axis: usize,
    dimension: &Dimension,
    side: &SideName,
    language: Language,
) -> Vec<String> {
    match side {
        SideName::Whole => vec![language.pick("all", "全部").to_owned()],
        SideName::Names(names) => {
            names.iter().map(|name| value_words(institution, axis, name, language)).collect()
        }
        SideName::AllBut(names) => {
            let names: Vec<String> =
                names.iter().map(|name| value_words(institution, axis, name, language)).collect();
            let names = names.join(language.pick(", ", "、"));
            vec![match language {
                Language::En => format!("not {names}"),
                Language::Zh => format!("除{names}外"),
            }]
        }
        SideName::Nodes(named) => vec![nodes_words(taxonomy(institution, axis), named, language)],
        SideName::Integers(ranges) => ranges
            .iter()
            .map(|(low, high)| if low == high { low.to_string() } else { format!("{low}..{high}") })
            .collect(),
        SideName::Clock(ranges) => ranges.iter().map(ClockRange::to_string).collect(),
    }
    .into_iter()
    .filter(|_| dimension.size() > 0)
    .collect()
}

fn taxonomy(institution: &Institution, axis: usize) -> &Taxonomy {
    if axis == Institution::AREA { &institution.areas } else { &institution.matters }
}

fn nodes_words(taxonomy: &Taxonomy, named: &Named, language: Language) -> String {
    let words = |nodes: &[NodeRef]| {
        let words: Vec<String> = nodes.iter().map(|node| node_words(taxonomy, *node, language)).collect();
        words.join(language.pick(", ", "、"))
    };
    let all = words(&named.all_of);
    if named.except.is_empty() {
        return all;
    }
    match language {
        Language::En => format!("{all} except {}", words(&named.except)),
        Language::Zh => format!("{all}（{}除外）", words(&named.except)),
    }
}

/// A node: in Chinese by its title, in English by the shortest name that is its own.
fn node_words(taxonomy: &Taxonomy, node: NodeRef, language: Language) -> String {
    if node == Tree::ROOT {
        return language.pick("everything", "全部").to_owned();
    }
    let head = taxonomy.head(node);
    match (&head.title, language) {
        (Some(title), Language::Zh) => super::terminal::visible(title),
        _ => short_path(taxonomy, node),
    }
}

/// The shortest path that names only this node.
fn short_path(taxonomy: &Taxonomy, node: NodeRef) -> String {
    let path = taxonomy.path(node);
    let names: Vec<&str> = path.split('.').collect();
    (1..=names.len())
        .map(|count| names[names.len() - count..].join("."))
        .find(|short| taxonomy.find(short) == [node])
        .unwrap_or(path)
}

pub(super) fn axis_words(institution: &Institution, axis: usize, language: Language) -> String {
    match axis.checked_sub(2).and_then(|attribute| institution.attributes.get(attribute)) {
        Some(attribute) if attribute.judged => {
            format!("“{}”", super::terminal::visible(&attribute.head.name))
        }
        Some(attribute) if language == Language::Zh => super::terminal::visible(attribute.head.label()),
        _ => institution.space.dimensions[axis].name.to_string(),
    }
}

/// A value of a list: the title of an attribute's value, a kind of day, yes or no.
fn value_words(institution: &Institution, axis: usize, name: &str, language: Language) -> String {
    use linkage_model::AttributeType;
    if language == Language::En {
        return name.to_owned();
    }
    let attribute = axis.checked_sub(2).and_then(|attribute| institution.attributes.get(attribute));
    match attribute.map(|attribute| &attribute.kind) {
        Some(AttributeType::Values(values)) => values
            .iter()
            .find(|value| value.name == name)
            .map_or_else(|| name.to_owned(), |value| super::terminal::visible(value.label())),
        Some(_) => if name == "true" { "是" } else { "否" }.to_owned(),
        None => match name {
            "workday" => "工作日",
            "restday" => "休息日",
            _ => "节假日",
        }
        .to_owned(),
    }
}

/// A situation as `axis=value`, which `who --at` takes: nodes by the shortest path that is theirs alone.
pub fn point_words(institution: &Institution, point: &Point) -> Vec<(String, String)> {
    values(institution, point, short_path)
}

/// The same for programs: nodes by their whole paths, as in the boxes of regions.
/// A situation as facts of a case.
pub fn point_facts(institution: &Institution, point: &Point) -> Facts {
    let fact = |value: &str| match value {
        "true" => Fact::Truth(true),
        "false" => Fact::Truth(false),
        value => value.parse().map_or_else(|_| Fact::Text(value.into()), Fact::Number),
    };
    point_words(institution, point).iter().map(|(axis, value)| (axis.into(), fact(value))).collect()
}

pub(super) fn point_values(institution: &Institution, point: &Point) -> Vec<(String, String)> {
    values(institution, point, Taxonomy::path)
}

fn values(
    institution: &Institution,
    point: &Point,
    path: fn(&Taxonomy, NodeRef) -> String,
) -> Vec<(String, String)> {
    let space = &institution.space;
    let value = |axis: usize, dimension: &Dimension, value: u32| match &dimension.kind {
        Kind::Tree(tree) => {
            tree.leaf(value).map(|leaf| path(taxonomy(institution, axis), leaf)).unwrap_or_default()
        }
        _ => dimension.show(value).unwrap_or_default().to_string(),
    };
    space
        .dimensions
        .iter()
        .zip(&point.0)
        .enumerate()
        .map(|(axis, (dimension, at))| (dimension.name.to_string(), value(axis, dimension, *at)))
        .collect()
}

/// The values of each axis of a box on which it is not the whole, for programs: names without language.
pub(super) fn box_values(institution: &Institution, cuboid: &Cuboid) -> Vec<(String, Vec<String>)> {
    let sides = linkage_regions::describe(&institution.space, cuboid);
    let named = institution.space.dimensions.iter().zip(&sides).enumerate();
    named
        .filter(|(_, (_, side))| **side != SideName::Whole)
        .map(|(axis, (dimension, side))| {
            let values = match side {
                SideName::Nodes(named) => {
                    let taxonomy = taxonomy(institution, axis);
                    let path = |node: &NodeRef| match *node {
                        Tree::ROOT => "*".to_owned(),
                        node => taxonomy.path(node),
                    };
                    let except = named.except.iter().map(|node| format!("!{}", path(node)));
                    named.all_of.iter().map(path).chain(except).collect()
                }
                SideName::AllBut(_) => {
                    let all = cuboid.sides()[axis].values();
                    all.filter_map(|value| dimension.show(value)).map(String::from).collect()
                }
                other => side_words(institution, axis, dimension, other, Language::En),
            };
            (dimension.name.to_string(), values)
        })
        .collect()
}

/// A stated fact in Chinese: the titles of axis, node and value where they have one.
pub(super) fn fact_words(institution: &Institution, name: &str, value: &str) -> String {
    let language = Language::Zh;
    let Some(axis) = institution.space.find(name) else { return format!("{name} {value}") };
    match axis {
        Institution::MATTER | Institution::AREA => {
            let taxonomy = taxonomy(institution, axis);
            let node = taxonomy.find(value).first().map(|node| node_words(taxonomy, *node, language));
            node.unwrap_or_else(|| value.to_owned())
        }
        axis if axis == institution.time_axis() => value.to_owned(),
        axis if axis == institution.day_axis() => value_words(institution, axis, value, language),
        axis => match &institution.space.dimensions[axis].kind {
            Kind::List(_) => {
                format!(
                    "{} {}",
                    axis_words(institution, axis, language),
                    value_words(institution, axis, value, language)
                )
            }
            _ => format!("{} {value}", axis_words(institution, axis, language)),
        },
    }
}
