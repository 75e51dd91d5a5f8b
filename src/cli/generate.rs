//! `test --generate`: scenarios for the witnesses of findings, and for what of the rules no scenario goes through.

use std::path::{Path, PathBuf};

use ecow::EcoString;
use jiff::civil::Date;
use serde_yaml::{Mapping, Value};

use super::output::Output;
use linkage_analysis::checks::Witness;
use linkage_case::{Facts, Rules};
use linkage_flow::{Flow, Spot};
use linkage_model::{Condition, Division, NodeKind, Procedure, Trigger};
use linkage_package::{Analysis, Package, analyse_package};
use linkage_regions::{Point, Region};
use linkage_report::{point_facts, titled};
use linkage_scenario::{Coverage, Draft, End, Entry, Unit, ends_of, entries, run, written};

/// Writes `findings.yaml` and `uncovered.yaml` into a folder; neither may be there yet.
pub(super) fn generate(
    package: Package,
    day: Date,
    folder: &Path,
    coverage: Option<Coverage>,
    output: &Output,
) -> Result<u8, u8> {
    let rules_path = std::path::absolute(&package.path).unwrap_or_else(|_| package.path.clone());
    let analysis = analyse_package(package, day);
    if let Some(status) = super::who::not_understood(&analysis, output) {
        return Err(status);
    }
    let files: [PathBuf; 2] = ["findings.yaml", "uncovered.yaml"].map(|name| folder.join(name));
    if let Some(there) = files.iter().find(|file| file.exists()) {
        let path = there.display();
        return Err(output.refuse(
            &format!("{path} is there already; name another folder, or move it away"),
            &format!("{path}已存在；请另选文件夹，或先移走该文件"),
        ));
    }
    output.folder(folder)?;
    let rules = relative(&rules_path, folder);
    let maker =
        Maker { analysis: &analysis, rules: Rules::new(analysis.institution(), &analysis.package.calendar) };
    let mut coverage = coverage.unwrap_or_else(|| Coverage::new(analysis.institution()));
    let found = maker.made(maker.of_findings(output), &mut coverage, false);
    let uncovered = maker.made(maker.of_uncovered(&coverage), &mut coverage, true);
    for (file, cases) in files.iter().zip([found, uncovered]) {
        let count = cases.len();
        let mut table = Mapping::new();
        table.insert("rules".into(), rules.as_str().into());
        table.insert("cases".into(), Value::Sequence(cases));
        let text = serde_yaml::to_string(&Value::Mapping(table)).unwrap_or_default();
        output.write(file, &text)?;
        let path = file.display();
        output.print(
            &output.language.pick(format!("{path}: {count} cases\n"), format!("{path}：{count}个情景\n")),
        );
    }
    Ok(0)
}

/// The way from a folder to the rules, where both have the same beginning; else the rules as they are.
fn relative(rules: &Path, folder: &Path) -> String {
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.into());
    let (rules, folder) = (whole(rules), whole(folder));
    let shared = rules.components().zip(folder.components()).take_while(|(one, other)| one == other).count();
    if shared < 2 {
        return rules.display().to_string();
    }
    let up = folder.components().skip(shared).map(|_| "..".to_owned());
    let down = rules.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    let parts: Vec<String> = up.chain(down).collect();
    if parts.is_empty() { ".".into() } else { parts.join("/") }
}

struct Maker<'a> {
    analysis: &'a Analysis,
    rules: Rules<'a>,
}

impl Maker<'_> {
    /// The drafts as cases. With `fresh` only those that go through something new. Each is read again and run: what
    /// would not come out as written is left out.
    fn made(&self, drafts: Vec<Draft>, coverage: &mut Coverage, fresh: bool) -> Vec<Value> {
        let mut cases = Vec::new();
        for draft in drafts {
            let zone = self.analysis.package.calendar.zone();
            let Some((case, story)) = written(&self.rules, zone, &draft) else { continue };
            let before = coverage.met.len();
            let mut with = Coverage { all: coverage.all.clone(), met: coverage.met.clone() };
            with.add(&story);
            if fresh && with.met.len() == before {
                continue;
            }
            let text = serde_yaml::to_string(&case).unwrap_or_default();
            let again = entries(&text).ok().and_then(|mut all| all.pop());
            let holds = matches!(&again, Some(Entry { scenario: Ok(scenario), .. })
                if run(&self.rules, scenario).is_as_expected());
            if holds {
                coverage.met = with.met;
                cases.push(case);
            }
        }
        cases
    }

    fn start(&self) -> jiff::Timestamp {
        let zone = self.analysis.package.calendar.zone();
        zone.to_timestamp(self.analysis.day.at(9, 0, 0, 0)).unwrap_or_default()
    }

    fn facts(&self, point: &Point) -> Facts {
        point_facts(self.analysis.institution(), point)
    }

    fn of_findings(&self, output: &Output) -> Vec<Draft> {
        let institution = self.analysis.institution();
        let drafts = self.analysis.findings.iter().filter_map(|finding| {
            let title = titled(institution, finding, output.language);
            let (procedure, point, ends) = match finding.witness.as_ref()? {
                Witness::Situation(point) => (self.procedure_of(point), point, Vec::new()),
                Witness::Run(procedure, run, point) => {
                    let procedure = &institution[*procedure];
                    (Some(procedure.head.name.clone()), point, ends_of(procedure, run))
                }
                Witness::Report(_) | Witness::Slowest(..) => return None,
            };
            Some(Draft { title, procedure, facts: self.facts(point), start: self.start(), ends })
        });
        drafts.collect()
    }

    /// A procedure that a report of a situation starts.
    fn procedure_of(&self, point: &Point) -> Option<EcoString> {
        let starts = |procedure: &&Procedure| {
            procedure
                .triggers
                .iter()
                .any(|(trigger, _)| matches!(trigger, Trigger::Report(region) if region.contains(point)))
        };
        self.analysis
            .institution()
            .procedures
            .iter()
            .find(starts)
            .map(|procedure| procedure.head.name.clone())
    }

    fn of_uncovered(&self, coverage: &Coverage) -> Vec<Draft> {
        let institution = self.analysis.institution();
        let division = Division::new(institution, self.analysis.day);
        let draft = |title: String, procedure, point: &Point, ends| Draft {
            title,
            procedure,
            facts: self.facts(point),
            start: self.start(),
            ends,
        };
        let mut drafts = Vec::new();
        for unit in coverage.missed() {
            match unit {
                Unit::Mandate(name) => {
                    let Some((id, mandate)) = institution.mandates().find(|(_, own)| own.head.name == *name)
                    else {
                        continue;
                    };
                    let parts = division.within(&mandate.region.intersect(&institution.scope.region));
                    let led = parts.iter().find(|(leadership, _)| {
                        leadership.effective.iter().any(|claim| division.claims()[*claim].mandate == id)
                    });
                    if let Some(point) = led.and_then(|(_, region)| region.witness()) {
                        drafts.push(draft(name.to_string(), self.procedure_of(&point), &point, Vec::new()));
                    }
                }
                Unit::Step(of, step) => {
                    drafts.extend(
                        self.run_to(of, step, None).map(|(point, ends)| {
                            draft(format!("{of}.{step}"), Some(of.clone()), &point, ends)
                        }),
                    );
                }
                Unit::Outcome(of, step, outcome) => {
                    drafts.extend(self.run_to(of, step, Some(outcome)).map(|(point, ends)| {
                        draft(format!("{of}.{step} → {outcome}"), Some(of.clone()), &point, ends)
                    }));
                }
                Unit::Rung(of, step, number) => {
                    for (step, end) in self.stepping_on(of, step.as_deref(), *number) {
                        drafts.extend(self.run_to(of, &step, Some(end)).map(|(point, ends)| {
                            draft(format!("{of}.{step} → {end}"), Some(of.clone()), &point, ends)
                        }));
                    }
                }
                Unit::Obligation(of, owed) => {
                    drafts.extend(
                        self.run_to_close(of).map(|(point, ends)| {
                            draft(format!("{of}: {owed}"), Some(of.clone()), &point, ends)
                        }),
                    );
                }
            }
        }
        drafts
    }

    /// The steps at which a rung can be stepped on, each with the end that brings it about: of the step's own ladder,
    /// or for the procedure's of the steps that have none.
    fn stepping_on(&self, of: &str, step: Option<&str>, number: u32) -> Vec<(EcoString, &'static str)> {
        let Some(procedure) = self.procedure(of) else { return Vec::new() };
        let index = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
        let steps = procedure.nodes.iter().filter_map(|node| match &node.kind {
            NodeKind::Step(own) => Some((&node.head.name, own)),
            _ => None,
        });
        let served = steps.filter(|(name, own)| match step {
            Some(step) => *name == step,
            None => own.escalation.is_empty(),
        });
        served
            .filter_map(|(name, own)| {
                let rungs = if step.is_some() { &own.escalation } else { &procedure.escalation };
                match rungs.get(index?)?.condition {
                    Condition::Refusal if own.on_refusal.is_none() => Some((name.clone(), "refusal")),
                    Condition::Refusal => None,
                    _ if own.within.is_some() && own.on_timeout.is_none() => Some((name.clone(), "wait")),
                    _ => None,
                }
            })
            .collect()
    }

    fn procedure(&self, name: &str) -> Option<&Procedure> {
        self.analysis.institution().procedures.iter().find(|own| own.head.name == *name)
    }

    /// The shortest run to the end of a procedure.
    fn run_to_close(&self, procedure: &str) -> Option<(Point, Vec<End>)> {
        let own = self.procedure(procedure)?;
        let flow = Flow::new(own, &Region::full(&self.analysis.institution().space));
        let from = self.starts(own);
        let ends = [Some(true), None, Some(false)].map(Spot::Closed).into_iter();
        let (run, region) =
            ends.filter_map(|end| flow.run_to(end, &from)).min_by_key(|(run, _)| run.len())?;
        Some((region.witness()?, ends_of(own, &run)))
    }

    /// The shortest run to a step, ended so if said, from the least situation that starts the procedure.
    fn run_to(&self, procedure: &str, step: &str, end: Option<&str>) -> Option<(Point, Vec<End>)> {
        let own = self.procedure(procedure)?;
        let (node, at) =
            (0..).map(linkage_model::NodeId).zip(&own.nodes).find(|(_, it)| it.head.name == *step)?;
        let NodeKind::Step(_) = &at.kind else { return None };
        let everything = Region::full(&self.analysis.institution().space);
        let from = self.starts(own);
        let (run, region) = Flow::new(own, &everything).run_to(Spot::Node(node), &from)?;
        let mut ends = ends_of(own, &run);
        ends.extend(end.map(|end| End { step: step.into(), end: end.into() }));
        Some((region.witness()?, ends))
    }

    /// The situations that the triggers of a procedure name; where they name none, all.
    fn starts(&self, own: &Procedure) -> Region {
        let starts = own.triggers.iter().filter_map(|(trigger, _)| match trigger {
            Trigger::Report(region) | Trigger::Request(_, region) => Some(region.clone()),
            _ => None,
        });
        let everything = || Region::full(&self.analysis.institution().space);
        starts.reduce(|all, more| all.union(&more)).unwrap_or_else(everything)
    }
}
