//! What the operators' commands share: which journal, which clock, as whom; and how an answer is told.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use ecow::EcoString;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::amended::Amended;
use super::clock;
use super::output::Output;
use super::titles;
use super::who::not_understood;
use linkage_calendar::Duration;
use linkage_case::{CaseId, Cited, Command, Order};
use linkage_journal::engine::{Answer, Engine, Failure, Kept, Request};
use linkage_journal::store::{Change, Entry, Journal, JournalClock, Record, Sqlite, StoreFault, decode};
use linkage_package::understand;
use linkage_text::did_you_mean;

/// Which journal, at what time.
#[derive(Debug, Args)]
pub(super) struct Place {
    /// The journal [default: the environment's LINKAGE_JOURNAL]
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
    /// Act as if it were this time (for scripted days): 2026-11-23T09:10 on the clock of the rules, or an
    /// instant such as 2026-11-23T01:10:00Z [default: the clock, or LINKAGE_NOW]
    #[arg(long, value_name = "TIME")]
    now: Option<String>,
}

/// How lists are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
    Csv,
}

/// An act on a case.
#[derive(Debug, Args)]
pub(super) struct Acting {
    /// The case, such as C12
    case: CaseId,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    how: How,
    /// Do nothing if the case has more records by now than you have seen (`show` tells how many)
    #[arg(long, value_name = "RECORDS")]
    seen: Option<u64>,
}

/// As whom, and how the answer is printed.
#[derive(Debug, Args)]
pub(super) struct How {
    /// The body that acts, by its name or its title; or `reporter`
    #[arg(long = "as", value_name = "BODY")]
    pub by: String,
    /// A key of your own: the same command with the same key is carried out once
    #[arg(long, value_name = "KEY")]
    pub key: Option<String>,
    /// How to print what happened
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: super::who::Format,
}

/// An engine on a journal in a file.
pub(super) type Open = Engine<Sqlite>;

impl Place {
    /// Where the journal is.
    pub(super) fn path(&self, output: &Output) -> Result<PathBuf, u8> {
        let named =
            self.journal.clone().or_else(|| super::output::environment("LINKAGE_JOURNAL").map(Into::into));
        named.ok_or_else(|| {
            output.refuse(
                "which journal? Name it with --journal FILE, or set LINKAGE_JOURNAL",
                "哪个日志？请用--journal指定文件，或设置LINKAGE_JOURNAL",
            )
        })
    }

    /// Opens the journal that is there.
    pub(super) fn open(&self, output: &Output) -> Result<Open, u8> {
        let store = Sqlite::open(&self.path(output)?).map_err(|fault| unusable(&fault, output))?;
        Engine::new(store).map_err(|fault| unusable(&fault, output))
    }

    /// Opens the journal, or makes it.
    pub(super) fn open_or_make(&self, output: &Output) -> Result<Open, u8> {
        let store = Sqlite::open_or_make(&self.path(output)?).map_err(|fault| unusable(&fault, output))?;
        Engine::new(store).map_err(|fault| unusable(&fault, output))
    }

    /// Whether a time is stated, in the place of the clock's.
    pub(super) fn states_time(&self) -> bool {
        self.now.is_some() || super::output::environment("LINKAGE_NOW").is_some()
    }

    /// What time it is for an act: a live journal takes only the clock, so that no record can be backdated.
    pub(super) fn now_in(
        &self,
        engine: &Open,
        kept: Option<&Kept>,
        output: &Output,
    ) -> Result<Timestamp, u8> {
        let clock = engine.clock().map_err(|failure| failed(&failure, None, "", output))?;
        if self.states_time() && clock == Some(JournalClock::Live) {
            output.refuse(
                "refused: this is a journal of real cases, its time is the clock's; leave out --now and LINKAGE_NOW, or rehearse in one made by `linkage journal new --scripted`",
                "不予受理：该日志办理真实案件，以时钟为准；请去掉--now和LINKAGE_NOW，或用linkage journal new --scripted另立演练日志",
            );
            return Err(1);
        }
        self.now(kept, output)
    }

    /// What time it is.
    pub(super) fn now(&self, kept: Option<&Kept>, output: &Output) -> Result<Timestamp, u8> {
        let Some(text) = self.now.clone().or_else(|| super::output::environment("LINKAGE_NOW")) else {
            return Ok(clock::now());
        };
        let zone = kept.map_or(TimeZone::UTC, |kept| kept.calendar.zone().clone());
        let wall =
            || text.parse::<jiff::civil::DateTime>().ok().and_then(|wall| zone.to_timestamp(wall).ok());
        text.parse().ok().or_else(wall).ok_or_else(|| {
            output.refuse(
                &format!("`{text}` is no time; write 2026-11-23T09:10 or 2026-11-23T01:10:00Z"),
                &format!("“{text}”不是时间；请写作2026-11-23T09:10或2026-11-23T01:10:00Z"),
            )
        })
    }
}

/// The journal can't be used: status 2.
pub(super) fn unusable(fault: &StoreFault, output: &Output) -> u8 {
    let sentence = linkage_report::store_fault(fault, output.language);
    output.refuse(&sentence, &sentence)
}

/// The text of the rules of a package, as it is kept.
pub(super) fn rules(path: &Path, amended: &Amended, output: &Output) -> Result<String, u8> {
    let package = amended.load(path, output)?;
    let text = package.written();
    let analysis = understand(package, clock::today());
    not_understood(&analysis, output).map_or(Ok(text), Err)
}

/// The rules that a list is told by: those that the journal used last.
pub(super) fn current(engine: &mut Open, output: &Output) -> Result<std::sync::Arc<Kept>, u8> {
    let found = engine.current().cloned().ok_or(Failure::NoRules).and_then(|hash| engine.kept(&hash));
    found.map_err(|failure| failed(&failure, None, "", output))
}

/// Tells why nothing was done: status 1 where the rules refuse, 2 where the journal can't be used.
pub(super) fn failed(failure: &Failure, kept: Option<&Kept>, procedure: &str, output: &Output) -> u8 {
    let sentence = linkage_report::failure(failure, kept, procedure, output.language);
    let status = output.refuse(&sentence, &sentence);
    let moved: Vec<&Record> = match failure {
        Failure::Refused { last, .. } => last.iter().map(|record| &**record).collect(),
        Failure::Stale { since, .. } => since.iter().collect(),
        _ => Vec::new(),
    };
    if let (Some(kept), Some(first)) = (kept, moved.first()) {
        let read = |record: &&Record| decode(record.dossier, record.seq, &record.body).ok();
        let entries: Vec<Entry> = moved.iter().filter_map(read).collect();
        let events = entries.iter().flat_map(|entry| match &entry.what {
            Change::Events { events, .. } => events.as_slice(),
            _ => &[],
        });
        let procedures = events.map(|event| (event.case, procedure.to_owned())).collect();
        let acts =
            linkage_report::history(kept, procedures, &entries, first.dossier, |_| true, output.language);
        let word = output.language.pick("what happened to it last", "最近的情况");
        output.complain(&format!("{word}:\n{}", linkage_report::acts_text(&acts)));
    }
    if matches!(failure, Failure::Refused { .. } | Failure::Stale { .. } | Failure::NoRight { .. }) {
        1
    } else {
        status
    }
}

/// The body of a name or of a title that only one has.
pub(super) fn body(text: &str, kept: &Kept, output: &Output) -> Result<EcoString, u8> {
    if text == linkage_case::REPORTER {
        return Ok(text.into());
    }
    let bodies = kept.institution.bodies.iter().map(|body| &body.head);
    if let Some(name) = titles::named(text, bodies.clone()) {
        return Ok(name);
    }
    let near = did_you_mean(text, bodies.map(|head| head.name.as_str()));
    let (en, zh) = near.map_or_else(Default::default, |near| {
        (format!("; did you mean `{near}`?"), format!("；是否指“{near}”？"))
    });
    Err(output.refuse(&format!("no body is named `{text}`{en}"), &format!("没有名为“{text}”的主体{zh}")))
}

/// Carries out an act on a case, and tells what came of it.
pub(super) fn act(
    acting: &Acting,
    output: &Output,
    order: impl FnOnce(CaseId, &Kept) -> Result<Order, u8>,
) -> u8 {
    acted(acting, output, order).unwrap_or_else(|status| status)
}

fn acted(
    acting: &Acting,
    output: &Output,
    order: impl FnOnce(CaseId, &Kept) -> Result<Order, u8>,
) -> Result<u8, u8> {
    let mut engine = acting.place.open(output)?;
    let dossier = engine.dossier(acting.case).map_err(|failure| failed(&failure, None, "", output))?;
    let Some(dossier) = dossier else {
        let case = acting.case;
        output.refuse(&format!("there is no case {case} in this journal"), &format!("日志中没有案件{case}"));
        return Err(1);
    };
    let kept = engine.kept(&dossier.rules).map_err(|failure| failed(&failure, None, "", output))?;
    let now = acting.place.now_in(&engine, Some(&kept), output)?;
    let mut order = order(acting.case, &kept)?;
    if let Some(case) = dossier.world.case(acting.case) {
        order = titles::order(order, case, &kept);
    }
    let mut command = Command::new(body(&acting.how.by, &kept, output)?, order);
    command.key = acting.how.key.as_deref().map(Into::into);
    let request = Request { seen: acting.seen, ..Request::new(command, now) };
    let answer = engine.execute(std::slice::from_ref(&request)).pop().unwrap_or(Err(Failure::Stopped));
    let procedures: BTreeMap<CaseId, String> =
        dossier.world.cases().map(|case| (case.id, case.procedure.to_string())).collect();
    match answer {
        Ok(answer) => {
            tell(&answer, &kept, &procedures, acting.how.format, output);
            Ok(0)
        }
        Err(failure) => {
            let procedure = procedures.get(&acting.case).map_or("", String::as_str);
            Err(failed(&failure, Some(&kept), procedure, output))
        }
    }
}

/// Tells what happened.
pub(super) fn tell(
    answer: &Answer,
    kept: &Kept,
    procedures: &BTreeMap<CaseId, String>,
    format: super::who::Format,
    output: &Output,
) {
    if format == super::who::Format::Json {
        output.json(&answered(answer));
        return;
    }
    if answer.known {
        let seq = answer.seq;
        output.print(&output.language.pick(
            format!("done before, under the same key (record {seq}):\n"),
            format!("已以同一键办理（记录{seq}）：\n"),
        ));
    }
    output.print(&linkage_report::acted(kept, procedures, &answer.events, output.language));
}

/// What happened, for programs.
pub(super) fn answered(answer: &Answer) -> serde_json::Value {
    let Answer { events, case, seq, rev, known } = answer;
    serde_json::json!({
        "schema_version": 1, "case": case, "record": seq, "rev": rev, "known": known, "events": events,
    })
}

/// The laws and articles that an act rests on; a law by its name, or by a title that only one has.
pub(super) fn cited(basis: &[String], kept: &Kept) -> Vec<Cited> {
    let named = |text: &String| {
        let mut cited = Cited::read(text);
        let laws = kept.institution.laws.iter().map(|law| &law.head);
        cited.law = titles::named(&cited.law, laws).unwrap_or(cited.law);
        cited
    };
    basis.iter().map(named).collect()
}

/// An amount of time as commands keep it; what can't be read is left for the rules to refuse.
pub(super) fn time(text: &str) -> EcoString {
    Duration::read_words(text).map_or_else(|| text.into(), |duration| ecow::eco_format!("{duration}"))
}

/// The journal as something that can be read.
pub(super) fn readable(engine: &Open) -> &dyn Journal {
    engine.journal()
}

/// A table as CSV.
pub(super) fn csv(heading: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    // What a spreadsheet would take for a formula is shown as text.
    let safe = |cell: String| match cell.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') if cell.len() > 1 => format!("'{cell}"),
        _ => cell,
    };
    let mut out = csv::Writer::from_writer(Vec::new());
    drop(out.write_record(heading));
    for row in rows {
        drop(out.write_record(row.into_iter().map(safe)));
    }
    out.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}
