//! What the sections of the report share, gathered once.

use crate::finding::{diagnose, page};
use crate::words::Words;
use crate::{faults, html::mentions};
use linkage_analysis::checks::{Cause, Context, Cost, Countermeasure, Finding, folded};
use linkage_model::{Acceptance, BodyId, Division, Institution};
use linkage_package::Analysis;
use linkage_parallel::in_order;
use linkage_text::{Diagnostic, Language, Severity};

/// What the report tells.
pub(super) struct Gathered<'a> {
    pub analysis: &'a Analysis,
    pub context: Context<'a>,
    /// The findings, the gravest first, or in the order of what they cost.
    pub items: Vec<Item<'a>>,
    /// The findings that are accepted.
    pub accepted: Vec<Item<'a>>,
}

/// One finding, or what keeps the package from being understood.
pub(super) struct Item<'a> {
    /// Its anchor, such as `D002-1`.
    pub anchor: String,
    pub code: &'static str,
    pub severity: Severity,
    /// The finding; none for what keeps the package from being understood.
    pub finding: Option<&'a Finding>,
    /// The acceptance, if it is accepted.
    pub acceptance: Option<&'a Acceptance>,
    /// In English and in Chinese.
    pub told: [Diagnostic; 2],
    /// The few words that head its page.
    pub title: Words,
    pub cause: Option<Cause>,
    pub countermeasure: Option<Countermeasure>,
    /// The bodies that it speaks of.
    pub bodies: Vec<BodyId>,
    /// The item that takes it with it, once mended; by its place.
    pub under: Option<usize>,
    /// The items that follow from it.
    pub following: Vec<usize>,
}

impl Item<'_> {
    pub(super) fn message(&self) -> Words {
        Words::new(&self.told[0].message, &self.told[1].message)
    }

    /// What real cases met of it.
    pub(super) fn cost(&self) -> Option<&'_ Cost> {
        self.finding.and_then(|finding| finding.cost.as_ref())
    }
}

impl<'a> Gathered<'a> {
    pub(super) fn new(analysis: &'a Analysis, division: &'a Division<'a>) -> Self {
        let context = Context::new(division, &analysis.resolved.warnings);
        let mut items = Vec::new();
        let (en, zh) = (faults(analysis, Language::En), faults(analysis, Language::Zh));
        let faults = en.len();
        for (index, (en, zh)) in (1..).zip(en.into_iter().zip(zh)) {
            items.push(Item {
                anchor: format!("SYNTAX-{index}"),
                code: "SYNTAX",
                severity: en.severity,
                finding: None,
                acceptance: None,
                told: [en, zh],
                title: Words::new("can't be understood", "无法理解"),
                cause: None,
                countermeasure: None,
                bodies: Vec::new(),
                under: None,
                following: Vec::new(),
            });
        }
        items.extend(tell(analysis, &analysis.findings.iter().collect::<Vec<_>>()));
        for (item, anchor) in items.iter_mut().skip(faults).zip(anchors(analysis)) {
            item.anchor = anchor;
        }
        let folded = folded(&analysis.findings);
        for (at, item) in items.iter_mut().skip(faults).enumerate() {
            item.under = folded.under[at].map(|cause| cause + faults);
            item.following = folded.following(at).map(|other| other + faults).collect();
        }
        let mut accepted =
            tell(analysis, &analysis.accepted.iter().map(|(finding, _)| finding).collect::<Vec<_>>());
        for (at, (item, (_, acceptance))) in accepted.iter_mut().zip(&analysis.accepted).enumerate() {
            item.anchor = format!("accepted-{}", at + 1);
            item.acceptance = analysis.institution().acceptances.get(*acceptance);
        }
        Self { analysis, context, items, accepted }
    }

    /// The findings, and behind them those that are accepted.
    pub(super) fn all(&self) -> impl Iterator<Item = &Item<'a>> {
        self.items.iter().chain(&self.accepted)
    }

    pub(super) fn institution(&self) -> &'a Institution {
        self.context.institution()
    }

    pub(super) fn division(&self) -> &'a Division<'a> {
        self.context.division
    }
}

/// Findings in words; their anchors are set by whoever knows their order.
fn tell<'a>(analysis: &'a Analysis, findings: &[&'a Finding]) -> Vec<Item<'a>> {
    let told = in_order(findings, |finding| {
        [Language::En, Language::Zh].map(|language| diagnose(analysis, finding, language))
    });
    let item = |(finding, told): (&&'a Finding, [Diagnostic; 2])| {
        let front = page(finding.check).map(|page| &page.front);
        Item {
            anchor: String::new(),
            code: finding.check.code,
            severity: finding.severity,
            finding: Some(*finding),
            acceptance: None,
            told,
            title: front.map(|front| Words::new(&front.title.en, &front.title.zh)).unwrap_or_default(),
            cause: front.map(|front| front.cause),
            countermeasure: front.map(|front| front.countermeasure),
            bodies: mentions::bodies(analysis.institution(), finding),
            under: None,
            following: Vec::new(),
        }
    };
    findings.iter().zip(told).map(item).collect()
}

/// The anchors of the findings, counted in the order that they have without a journal: a link to one leads to
/// the same with and without.
fn anchors(analysis: &Analysis) -> Vec<String> {
    let count = analysis.findings.len();
    let before = analysis.practice.as_ref().map(|practice| practice.before.clone()).unwrap_or_default();
    let mut order: Vec<usize> = (0..count).collect();
    if before.len() == count {
        order.sort_by_key(|at| before[*at]);
    }
    let mut counts = std::collections::BTreeMap::<&str, usize>::new();
    let mut anchors = vec![String::new(); count];
    for at in order {
        let code = analysis.findings[at].check.code;
        let own = counts.entry(code).or_default();
        *own += 1;
        anchors[at] = format!("{code}-{own}");
    }
    anchors
}
