//! `open`: open a case: facts from flags, YAML or standard input; who leads and why is told before it commits.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher};
use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use ecow::EcoString;
use jiff::ToSpan;
use jiff::civil::Date;

use super::amended::Amended;
use super::desk::{How, Open, Place, answered, body, current, failed, rules, tell};
use super::facts::stated;
use super::journal::found;
use super::output::Output;
use super::situations::{Situation, situations};
use super::titles;
use super::who::Format;
use linkage_case::{
    Command, Fact, Happening, MissingFact, Order, REPORTER, Refusal, lead_depends_on, replay,
};
use linkage_journal::engine::{Answer, Failure, Kept, Request};
use linkage_journal::store::{JournalClock, Person};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// The rules in force, to be sure of them; where there is no journal yet, it is made under these as by `journal new`
    #[arg(long, value_name = "PATH")]
    rules: Option<PathBuf>,
    /// The situation: name=value for matter, area and attributes; with --from, what holds where the file says nothing else
    #[arg(long, value_name = "FACT", num_args = 1..)]
    at: Vec<String>,
    /// Read the situation from YAML (`-`: standard input): facts by name, and perhaps `procedure`; or a list of such to
    /// open many
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// The procedure, where the triggers do not tell
    #[arg(long, value_name = "NAME")]
    procedure: Option<String>,
    /// How to reach whoever reported; kept apart from the journal, under a random handle
    #[arg(long, value_name = "TEXT")]
    contact: Option<String>,
    /// Erase it after this day [default: a year from now]
    #[arg(long, value_name = "DATE", requires = "contact")]
    keep_until: Option<Date>,
    /// Only tell what would happen
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    how: How,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    open(arguments, output).unwrap_or_else(|status| status)
}

fn open(arguments: &Arguments, output: &Output) -> Result<u8, u8> {
    let text = arguments.rules.as_ref().map(|path| rules(path, &Amended::default(), output)).transpose()?;
    let mut engine =
        if text.is_some() { arguments.place.open_or_make(output)? } else { arguments.place.open(output)? };
    let kept = match &text {
        Some(text) => begun(arguments, &mut engine, text, output)?,
        None => current(&mut engine, output)?,
    };
    let by = body(&arguments.how.by, &kept, output)?;
    let facts = stated(&arguments.at, &kept.institution, &kept.calendar, output)?.facts;
    let flagged = Situation { procedure: arguments.procedure.as_deref().map(Into::into), facts };
    let read = arguments.from.as_ref().map(|path| situations(path, &kept, output)).transpose()?;
    let read = read.unwrap_or_else(|| vec![flagged.clone()]);
    let by_name = |own: Situation| own.over(&flagged).by_name(&kept.institution);
    let several: Vec<Situation> = read.into_iter().map(by_name).collect();
    let [situation] = several.as_slice() else {
        return many(arguments, &mut engine, &kept, &by, &several, output);
    };
    let situation = situation.clone();
    let (request, mut answer) = completed(arguments, &mut engine, &kept, &by, situation, output)?;
    if !arguments.dry_run && !answer.known {
        who_leads(&answer, &kept, output);
        let done = engine.execute(std::slice::from_ref(&request)).pop();
        answer = done
            .unwrap_or(Err(Failure::Stopped))
            .map_err(|failure| failed(&failure, Some(&kept), "", output))?;
    }
    opened(&answer, &kept, arguments.how.format, output);
    Ok(0)
}

/// The rules in force, which have to be these; a journal that is empty begins with them.
fn begun(arguments: &Arguments, engine: &mut Open, text: &str, output: &Output) -> Result<Arc<Kept>, u8> {
    if engine.current().is_none() {
        let clock = if arguments.place.states_time() { JournalClock::Scripted } else { JournalClock::Live };
        return found(engine, &arguments.place, text, clock, output);
    }
    let kept = current(engine, output)?;
    let asked = Kept::of_text(text).map_err(|fault| failed(&Failure::Rules(fault), None, "", output))?;
    if asked.hash != kept.hash {
        output.refuse(
            "refused: other rules are in force in this journal; `linkage adopt --rules PATH --as BODY` puts these in force, by whom the rules in force name",
            "不予受理：该日志适用其他规则；须由现行规则写明的主体用linkage adopt --rules 规则包 --as 主体采用",
        );
        return Err(1);
    }
    Ok(kept)
}

/// The request, completed on a terminal by what is asked for, and what it would lead to.
fn completed(
    arguments: &Arguments,
    engine: &mut Open,
    kept: &Arc<Kept>,
    by: &EcoString,
    mut situation: Situation,
    output: &Output,
) -> Result<(Request, Answer), u8> {
    // What was stated before the last question.
    let mut before: Option<Situation> = None;
    loop {
        let now = arguments.place.now_in(engine, Some(kept), output)?;
        let request = request(arguments, kept, by, situation.clone(), now);
        let rehearsed = engine.rehearse(&request);
        // A command with a key is what it says: given again, it has to be the same.
        if arguments.how.key.is_none()
            && let Some((name, fact)) = asked(&missing(&rehearsed, kept), kept, output)
        {
            before = Some(situation.clone());
            situation.facts.insert(name, fact);
            continue;
        }
        match rehearsed {
            Ok(answer) => return Ok((request, answer)),
            Err(failure) => {
                let status = failed(&failure, Some(kept), "", output);
                // After a slip in an answer it is asked again.
                situation = before.take().ok_or(status)?;
            }
        }
    }
}

/// Tells what came of it, and what would say who leads where that is left open.
fn opened(answer: &Answer, kept: &Arc<Kept>, format: Format, output: &Output) {
    let depends_on = lead_left_open(answer, kept);
    match format {
        Format::Json => {
            let mut told = answered(answer);
            told["lead_depends_on"] = serde_json::json!(depends_on);
            output.json(&told);
        }
        Format::Text => {
            tell(answer, kept, &BTreeMap::new(), format, output);
            if let Some(case) = answer.case {
                output.print(&linkage_report::lead_left_open(
                    &kept.rules(),
                    case,
                    &depends_on,
                    output.language,
                ));
            }
        }
    }
}

/// The facts that would say who leads the case that was opened, where what is known leaves it open.
fn lead_left_open(answer: &Answer, kept: &Kept) -> Vec<MissingFact> {
    // Under a key that is known it was opened before, and has moved on since.
    let Some(case) = answer.case.filter(|_| !answer.known) else { return Vec::new() };
    // A case begins with nothing: what happened when it was opened is all that there is.
    lead_depends_on(&kept.rules(), &replay(&answer.events), case)
}

/// What has to be known first, or would say who leads.
fn missing(rehearsed: &Result<Answer, Failure>, kept: &Kept) -> Vec<MissingFact> {
    match rehearsed {
        Ok(answer) => lead_left_open(answer, kept),
        Err(Failure::Refused { refusal, .. }) => match &**refusal {
            Refusal::Undecided { facts, .. } | Refusal::NoProcedureFits { facts, .. } => facts.clone(),
            _ => Vec::new(),
        },
        Err(_) => Vec::new(),
    }
}

fn request(
    arguments: &Arguments,
    kept: &Kept,
    by: &EcoString,
    Situation { procedure, facts }: Situation,
    now: jiff::Timestamp,
) -> Request {
    let handle: Option<EcoString> = arguments.contact.as_ref().map(|_| handle());
    let reporter = handle.clone().or_else(|| (by == REPORTER).then(|| REPORTER.into()));
    let mut command = Command::new(by.clone(), Order::Open { procedure, facts, reporter });
    command.key = arguments.how.key.as_deref().map(Into::into);
    let until = arguments.keep_until.or_else(|| kept.rules().day(now).checked_add(1.year()).ok());
    let person = handle.zip(arguments.contact.as_deref()).map(|(handle, contact)| Person {
        handle,
        contact: contact.into(),
        until: until.unwrap_or(Date::MAX),
    });
    Request { person, rules: Some(kept.hash.clone()), ..Request::new(command, now) }
}

/// A handle that says nothing: drawn by the generator that the system seeds for every process anew.
fn handle() -> EcoString {
    let draw = || std::hash::RandomState::new().build_hasher().finish();
    ecow::eco_format!("r{:016x}{:016x}", draw(), draw())
}

/// Tells on standard error who will lead, and why, before anything is committed.
fn who_leads(answer: &Answer, kept: &Arc<Kept>, output: &Output) {
    let tells = |what: &Happening| {
        matches!(
            what,
            Happening::Led { .. }
                | Happening::GapMet { .. }
                | Happening::OverlapMet { .. }
                | Happening::ForumOpened { .. }
        )
    };
    let own: Vec<_> = answer.events.iter().filter(|event| tells(&event.what)).cloned().collect();
    if std::io::stderr().is_terminal() && !own.is_empty() {
        output.complain(&linkage_report::acted(kept, &BTreeMap::new(), &own, output.language));
    }
}

/// On a terminal, asks for the fact that decides soonest; none where nobody says it.
fn asked(facts: &[MissingFact], kept: &Kept, output: &Output) -> Option<(EcoString, Fact)> {
    let fact = facts.first().filter(|_| std::io::stdin().is_terminal() && std::io::stderr().is_terminal())?;
    output.complain(&linkage_report::question(&kept.rules(), fact, output.language));
    drop(std::io::stderr().flush());
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).ok().filter(|read| *read > 0)?;
    let value = line.trim();
    let named = || titles::fact(fact.fact.clone(), super::facts::fact(value), &kept.institution);
    (!value.is_empty()).then(named)
}

/// Opens many cases: so many a transaction; what is refused is told with its place and holds up no other.
fn many(
    arguments: &Arguments,
    engine: &mut Open,
    kept: &Arc<Kept>,
    by: &EcoString,
    several: &[Situation],
    output: &Output,
) -> Result<u8, u8> {
    let now = arguments.place.now_in(engine, Some(kept), output)?;
    let keyed = |(at, situation): (usize, &Situation)| {
        let mut request = request(arguments, kept, by, situation.clone(), now);
        // One key for the whole file becomes a key for each of its cases.
        let key = arguments.how.key.as_ref();
        request.command.key = key.map(|key| ecow::eco_format!("{key}/{at}"));
        request
    };
    let requests = several.iter().enumerate().map(keyed);
    let (mut at, mut opened, mut known, mut status) = (0_usize, 0_usize, 0_usize, 0);
    let mut answered = |answer: Result<Answer, Failure>| {
        match answer {
            Ok(answer) => {
                *if answer.known { &mut known } else { &mut opened } += 1;
                let case = answer.case.map_or(String::new(), |case| case.to_string());
                match arguments.how.format {
                    Format::Json => output.print(&format!(
                        "{}\n",
                        serde_json::json!({ "at": at, "case": case, "known": answer.known })
                    )),
                    Format::Text => output.print(&format!("[{at}] {case}\n")),
                }
            }
            // What the store can't take of one it can't take of the others.
            Err(failure @ Failure::Store(_)) => return Err(failed(&failure, Some(kept), "", output)),
            Err(failure) => {
                output.complain(&format!("[{at}] "));
                status = status.max(failed(&failure, Some(kept), "", output));
            }
        }
        at += 1;
        Ok(())
    };
    let done = if arguments.dry_run {
        requests.map(|request| engine.rehearse(&request)).try_for_each(answered)
    } else {
        engine.stream(requests, |answers| answers.into_iter().try_for_each(&mut answered))
    };
    let refused = at - opened - known;
    let mut told = if arguments.dry_run {
        output.language.pick(format!("{opened} would be opened"), format!("将立案{opened}件"))
    } else {
        output.language.pick(format!("{opened} opened"), format!("立案{opened}件"))
    };
    for (count, en, zh) in
        [(known, "opened before under these keys", "此前已以同一键立案"), (refused, "refused", "不予受理")]
    {
        if count > 0 {
            told += &output.language.pick(format!(", {count} {en}"), format!("，{zh}{count}件"));
        }
    }
    output.complain(&format!("{told}\n"));
    done.map(|()| status)
}
