//! What the sections of the report share, gathered once.

use crate::checks::{Cause, Context, Countermeasure, Finding};
use crate::cores::in_order;
use crate::model::{BodyId, Division, Institution};
use crate::report::finding::{diagnose, page};
use crate::report::words::Words;
use crate::report::{faults, html::mentions};
use crate::text::{Diagnostic, Language, Severity};
use crate::workspace::Analysis;

/// What the report tells.
pub(super) struct Gathered<'a> {
    pub analysis: &'a Analysis,
    pub context: Context<'a>,
    /// The findings, the gravest first.
    pub items: Vec<Item<'a>>,
}

/// One finding, or what keeps the package from being understood.
pub(super) struct Item<'a> {
    /// Its anchor, such as `D002-1`.
    pub anchor: String,
    pub code: &'static str,
    pub severity: Severity,
    /// The finding; none for what keeps the package from being understood.
    pub finding: Option<&'a Finding>,
    /// In English and in Chinese.
    pub told: [Diagnostic; 2],
    /// The few words that head its page.
    pub title: Words,
    pub cause: Option<Cause>,
    pub countermeasure: Option<Countermeasure>,
    /// The bodies that it speaks of.
    pub bodies: Vec<BodyId>,
}

impl Item<'_> {
    pub(super) fn message(&self) -> Words {
        Words::new(&self.told[0].message, &self.told[1].message)
    }
}

impl<'a> Gathered<'a> {
    pub(super) fn new(analysis: &'a Analysis, division: &'a Division<'a>) -> Self {
        let context = Context::new(division, &analysis.resolved.warnings);
        let mut items = Vec::new();
        let (en, zh) = (faults(analysis, Language::En), faults(analysis, Language::Zh));
        for (index, (en, zh)) in (1..).zip(en.into_iter().zip(zh)) {
            items.push(Item {
                anchor: format!("SYNTAX-{index}"),
                code: "SYNTAX",
                severity: en.severity,
                finding: None,
                told: [en, zh],
                title: Words::new("can't be understood", "无法理解"),
                cause: None,
                countermeasure: None,
                bodies: Vec::new(),
            });
        }
        let told = in_order(&analysis.findings, |finding| {
            [Language::En, Language::Zh].map(|language| diagnose(analysis, finding, language))
        });
        let mut counts = std::collections::BTreeMap::<&str, usize>::new();
        for (finding, told) in analysis.findings.iter().zip(told) {
            let front = page(finding.check).map(|page| &page.front);
            let count = counts.entry(finding.check.code).or_default();
            *count += 1;
            items.push(Item {
                anchor: format!("{}-{count}", finding.check.code),
                code: finding.check.code,
                severity: finding.check.severity,
                finding: Some(finding),
                told,
                title: front.map(|front| Words::new(&front.title.en, &front.title.zh)).unwrap_or_default(),
                cause: front.map(|front| front.cause),
                countermeasure: front.map(|front| front.countermeasure),
                bodies: mentions::bodies(analysis.institution(), finding),
            });
        }
        Self { analysis, context, items }
    }

    pub(super) fn institution(&self) -> &'a Institution {
        self.context.institution()
    }

    pub(super) fn division(&self) -> &'a Division<'a> {
        self.context.division
    }
}
