//! What changes between two packages, for programs: the texts for people are made of it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::finding::{message, reproduce};
use super::json::{RegionReport, region_report, severity};
use super::waiver::fingerprint;
use linkage_analysis::checks::{Finding, subject};
use linkage_analysis::compare::{Carry, Changes, Led, Shift, ShiftOf, State};
use linkage_model::{BodyId, Institution, Sharing};
use linkage_package::Analysis;
use linkage_regions::{Region, minimal};
use linkage_text::Language;

/// What `diff --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DiffReport {
    /// The version of this format.
    pub schema_version: u32,
    /// The earlier package, with the amendments that it was read with.
    pub before: SideReport,
    /// The later.
    pub after: SideReport,
    /// Where somebody else leads, or in another way, the largest region first.
    pub leads: Vec<LeadReport>,
    /// Who led the situations that the later package does not have.
    pub gone: Vec<LeadReport>,
    /// Where bodies come to support, or no longer do.
    pub supports: Vec<ShiftReport>,
    /// Where bodies come to hold powers, or no longer do.
    pub powers: Vec<ShiftReport>,
    /// What is otherwise in procedures.
    pub procedures: Vec<super::diff_procedures::ProcedureReport>,
    /// Findings that are new.
    pub appear: Vec<DeltaReport>,
    /// Findings that are no more.
    pub vanish: Vec<DeltaReport>,
    /// Findings that hold on another region.
    pub moved: Vec<DeltaReport>,
}

/// One of the two packages.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SideReport {
    /// Where it was read.
    pub path: String,
    /// The amendments that it was read with.
    pub amendments: Vec<String>,
    /// The day.
    pub as_of: String,
}

/// A region on which the lead is another.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LeadReport {
    /// How it was.
    pub before: StateReport,
    /// How it is; none where there is no such situation any more.
    pub after: Option<StateReport>,
    /// The bodies that gain the lead.
    pub gained: Vec<String>,
    /// The bodies that lose it.
    pub lost: Vec<String>,
    /// Where.
    pub region: RegionReport,
}

/// Who leads.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StateReport {
    /// `not_there`, `outside`, `nobody`, `one`, `shared`, `resolved` or `overlap`.
    pub state: &'static str,
    /// The bodies.
    pub bodies: Vec<String>,
    /// The mandates by which they lead.
    pub mandates: Vec<String>,
    /// How several share the lead: `joint`, `parallel` or `subsidiary`.
    pub sharing: Option<&'static str>,
    /// Those of the bodies that act only where the others do not, in this order.
    pub standby: Vec<String>,
    /// The resolution that settles it.
    pub resolution: Option<String>,
    /// In words.
    pub text: String,
}

/// A body gains or loses support or a power.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShiftReport {
    /// The body.
    pub body: String,
    /// The power; none for support.
    pub power: Option<String>,
    /// Whether it gains.
    pub gains: bool,
    /// Where.
    pub region: RegionReport,
}

/// A finding that appears, vanishes or moves.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DeltaReport {
    /// Its code.
    pub code: String,
    /// How grave it is.
    pub severity: &'static str,
    /// In words; of one that moves, as it is now.
    pub message: String,
    /// Of one that moves: as it was.
    pub was: Option<String>,
    /// The command that shows it.
    pub reproduce: Option<String>,
}

impl DiffReport {
    /// Leaves out the commands that show the findings.
    pub fn without_commands(&mut self) {
        for delta in self.appear.iter_mut().chain(&mut self.vanish).chain(&mut self.moved) {
            delta.reproduce = None;
        }
    }
}

/// The report of a comparison.
pub fn diff_report(before: &Analysis, after: &Analysis, changes: &Changes, language: Language) -> DiffReport {
    let (old, new) = (before.institution(), after.institution());
    let leads = changes.leads.iter().map(|change| {
        let (was, is) = (names(old, &change.before), names(new, &change.after));
        LeadReport {
            gained: is.iter().filter(|body| !was.contains(body)).cloned().collect(),
            lost: was.iter().filter(|body| !is.contains(body)).cloned().collect(),
            before: state(old, &change.before, language),
            after: Some(state(new, &change.after, language)),
            region: place(new, &change.region, language),
        }
    });
    let gone = changes.gone.iter().map(|(it, region)| LeadReport {
        gained: Vec::new(),
        lost: names(old, it),
        before: state(old, it, language),
        after: None,
        region: place(old, region, language),
    });
    let shift = |it: &Shift| ShiftReport {
        body: it.body.to_string(),
        power: match &it.of {
            ShiftOf::Support => None,
            ShiftOf::Power(power) => Some(power.to_string()),
        },
        gains: it.gains,
        region: place(new, &it.region, language),
    };
    let (appear, vanish, moved) = findings(before, after, language);
    DiffReport {
        schema_version: 1,
        before: side(before),
        after: side(after),
        leads: leads.collect(),
        gone: gone.collect(),
        supports: changes.supports.iter().map(shift).collect(),
        powers: changes.powers.iter().map(shift).collect(),
        procedures: changes
            .procedures
            .iter()
            .map(|it| super::diff_procedures::report(new, it, language))
            .collect(),
        appear,
        vanish,
        moved,
    }
}

fn side(analysis: &Analysis) -> SideReport {
    SideReport {
        path: analysis.package.path.display().to_string(),
        amendments: analysis.package.adopted.iter().map(ToString::to_string).collect(),
        as_of: analysis.day.to_string(),
    }
}

fn names(institution: &Institution, state: &State) -> Vec<String> {
    state.bodies.iter().map(|body| institution[*body].head.name.to_string()).collect()
}

fn state(institution: &Institution, it: &State, language: Language) -> StateReport {
    let bodies = names(institution, it);
    let resolution = match it.led {
        Led::Resolved(by) => institution.resolutions.get(by.0 as usize).map(|by| by.head.name.to_string()),
        _ => None,
    };
    let all = bodies.join(language.pick(", ", "、"));
    let (state, text) = match it.led {
        Led::NotThere => ("not_there", language.pick("new".to_owned(), "新增".to_owned())),
        Led::Outside => ("outside", language.pick("outside the scope".into(), "范围之外".into())),
        Led::Nobody => ("nobody", language.pick("nobody".into(), "无人牵头".into())),
        Led::One => ("one", all),
        Led::Shared(how) => ("shared", together(institution, it, how, language)),
        Led::Resolved(_) => {
            let by = resolution.as_deref().unwrap_or_default();
            ("resolved", language.pick(format!("{all}, settled by {by}"), format!("{all}，由{by}协调")))
        }
        Led::Overlap => ("overlap", language.pick(format!("{all}, unsettled"), format!("{all}，未协调"))),
    };
    let mandates = it.mandates.iter().map(|mandate| institution[*mandate].head.name.to_string()).collect();
    let sharing = match it.led {
        Led::Shared(Sharing::Joint) => Some("joint"),
        Led::Shared(Sharing::Parallel) => Some("parallel"),
        Led::Shared(Sharing::Subsidiary) => Some("subsidiary"),
        Led::NotThere | Led::Outside | Led::Nobody | Led::One | Led::Resolved(_) | Led::Overlap => None,
    };
    let standby = it.standby.iter().map(|body| institution[*body].head.name.to_string()).collect();
    StateReport { state, bodies, mandates, sharing, standby, resolution, text }
}

/// How several share the lead, in words: who acts first, in which way, and who stands in.
fn together(institution: &Institution, it: &State, how: Sharing, language: Language) -> String {
    let named = |bodies: &[BodyId], comma: &str| {
        bodies.iter().map(|body| institution[*body].head.name.as_str()).collect::<Vec<_>>().join(comma)
    };
    let first: Vec<BodyId> = it.bodies.iter().filter(|body| !it.standby.contains(body)).copied().collect();
    let first = named(&first, language.pick(", ", "、"));
    let all = match how {
        Sharing::Joint => language.pick(format!("{first} jointly"), format!("{first}共同")),
        Sharing::Parallel => language.pick(format!("{first} in parallel"), format!("{first}并行")),
        Sharing::Subsidiary => first,
    };
    let turn = |(bodies, sharing): &(Vec<BodyId>, Sharing)| match (sharing, bodies.len()) {
        (Sharing::Joint, 2..) => {
            let all = named(bodies, language.pick(" and ", "与"));
            language.pick(format!("{all} jointly"), format!("{all}共同"))
        }
        (Sharing::Parallel, 2..) => named(bodies, language.pick(" or ", "或")),
        _ => named(bodies, ""),
    };
    let turns: Vec<String> = it.turns.iter().map(turn).collect();
    let standby = turns.join(language.pick(", then ", "、"));
    match language {
        _ if it.standby.is_empty() => all,
        Language::En => format!("{all}, else {standby}"),
        Language::Zh => format!("{all}，由{standby}依次补充"),
    }
}

fn place(institution: &Institution, region: &Region, language: Language) -> RegionReport {
    region_report(institution, region, &minimal(region), language)
}

/// A finding of the earlier package, with its region in the later.
struct Known<'a> {
    finding: &'a Finding,
    words: String,
    region: Region,
}

type Deltas = (Vec<DeltaReport>, Vec<DeltaReport>, Vec<DeltaReport>);

/// The findings that appear, vanish and move. Findings of one mark are paired first where they say the same, then
/// in order.
fn findings(before: &Analysis, after: &Analysis, language: Language) -> Deltas {
    let onward = Carry::new(before.institution(), after.institution());
    let words = |analysis: &Analysis, finding: &Finding| message(analysis.institution(), finding, language);
    let nowhere = Region::empty(&after.institution().space);
    let mut known: BTreeMap<String, Vec<Known<'_>>> = BTreeMap::new();
    for finding in &before.findings {
        let mark = fingerprint(before.institution(), finding);
        let region = finding.region.as_ref().map_or_else(|| nowhere.clone(), |it| onward.region(it));
        let was = Known { finding, words: words(before, finding), region };
        known.entry(mark).or_default().push(was);
    }
    let mut fresh = Vec::new();
    for finding in &after.findings {
        let (mark, is) = (fingerprint(after.institution(), finding), words(after, finding));
        let region = finding.region.as_ref().unwrap_or(&nowhere);
        let same = |was: &Known<'_>| was.words == is && was.region.same_as(region);
        match known.get_mut(&mark).and_then(|all| all.iter().position(same).map(|at| all.remove(at))) {
            Some(_) => {}
            None => fresh.push((mark, finding, is)),
        }
    }
    let (mut appear, mut moved) = (Vec::new(), Vec::new());
    let mut later = Vec::new();
    for (mark, finding, words) in fresh {
        match known.get_mut(&mark).filter(|all| !all.is_empty()).map(|all| all.remove(0)) {
            Some(was) => moved.push(DeltaReport { was: Some(was.words), ..delta(after, finding, words) }),
            None => later.push((finding, words)),
        }
    }
    // What is about the same thing and lists others with it, or names nothing and still meets it, has moved too.
    for (finding, words) in later {
        let about = subject(after.institution(), finding);
        let region = finding.region.as_ref().unwrap_or(&nowhere);
        let same = |was: &Known<'_>| {
            was.finding.check.code == finding.check.code
                && subject(before.institution(), was.finding) == about
                && (!about.is_empty() || !was.region.is_disjoint(region))
        };
        let was = known.values_mut().find_map(|all| all.iter().position(same).map(|at| all.remove(at)));
        match was {
            Some(was) => moved.push(DeltaReport { was: Some(was.words), ..delta(after, finding, words) }),
            None => appear.push(delta(after, finding, words)),
        }
    }
    let left: Vec<&Finding> = known.values().flatten().map(|was| was.finding).collect();
    let vanish = before.findings.iter().filter(|finding| left.iter().any(|it| std::ptr::eq(*it, *finding)));
    let vanish = vanish.map(|finding| delta(before, finding, words(before, finding))).collect();
    (appear, vanish, moved)
}

fn delta(analysis: &Analysis, finding: &Finding, message: String) -> DeltaReport {
    DeltaReport {
        code: finding.check.code.into(),
        severity: severity(finding.severity),
        message,
        was: None,
        reproduce: reproduce(analysis, finding),
    }
}
