//! The command line: one file a command, each from arguments to an exit status.
//!
//! Status 0 is fine, 1 is findings at or above `--deny` (or an expectation that is not met, an act that the
//! rules refuse, a journal that is not whole), 2 is usage or input that can't be read.

mod ack;
mod adopt;
mod amended;
mod backup;
mod call_report;
mod certify;
mod check;
mod clock;
mod convene;
mod designate;
mod desk;
mod diff;
mod discharge;
mod done;
mod events;
mod explain;
mod export;
mod extend;
mod fact;
mod facts;
mod fmt;
mod generate;
mod graph;
mod hand_over;
mod import;
mod inbox;
mod journal;
mod list;
mod manual;
mod migrate;
mod new;
mod note;
mod obligations;
mod open;
mod output;
mod purge;
mod refuse;
mod reopen;
mod resume;
mod run;
mod show;
mod situations;
mod supersede;
mod suspend;
mod take;
mod test;
mod tick;
mod titles;
mod tour;
mod urge;
mod verify;
mod watch;
mod who;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use linkage_text::Language;

/// Checks the rules by which public bodies act together, and runs their cases.
#[derive(Debug, Parser)]
#[command(name = "linkage", version, about, max_term_width = 100)]
struct Arguments {
    /// The language of messages [default: from the locale]
    #[arg(long, global = true, value_name = "LANG")]
    lang: Option<Lang>,
    /// Whether to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: Color,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a package to begin with: rules that pass, with comments that teach
    New(new::Arguments),
    /// Analyse a package and report what is wrong with its rules
    Check(check::Arguments),
    /// Check a certificate of gaps and overlaps
    Certify(certify::Arguments),
    /// Tell what a finding means and how to mend it, or what a keyword is for
    Explain(explain::Arguments),
    /// List what a package declares: bodies, matters, steps and so on, by name and title
    List(list::Arguments),
    /// Tell what changes between two packages, or by amendments: leads, powers, deadlines, findings
    Diff(diff::Arguments),
    /// Tell who leads a situation, and why
    Who(who::Arguments),
    /// Draw a picture of the rules: a procedure, or what connects bodies
    Graph(graph::Arguments),
    /// Run one scenario through the executor on a scripted clock, and print the story
    Run(run::Arguments),
    /// Run all scenario files of a package, with what they expect
    Test(test::Arguments),
    /// Check a package and run one of its scenarios: what the program does, at a glance
    Tour(tour::Arguments),
    /// Bring rule files to their canonical form
    Fmt(fmt::Arguments),
    /// Make a rule package from a list that an office keeps, or a journal from its lines
    Import(import::Arguments),
    /// Open a case in a journal: says who leads and why, then commits
    Open(open::Arguments),
    /// List what waits for a body, by what is due first
    Inbox(inbox::Arguments),
    /// Tell the whole story of a case, or list all cases
    Show(show::Arguments),
    /// Take notice of a step
    Ack(ack::Arguments),
    /// State the outcome of a step
    Done(done::Arguments),
    /// Say that a step will not be done, and why
    Refuse(refuse::Arguments),
    /// Hand a step to another body, or back
    HandOver(hand_over::Arguments),
    /// Take a case that several claim, or a step that was escalated
    Take(take::Arguments),
    /// Say who is to have a case that several claim, or a step
    Designate(designate::Arguments),
    /// State facts of a case anew
    Fact(fact::Arguments),
    /// Have done what was owed
    Discharge(discharge::Arguments),
    /// Remind those who have a step, as a supervisor or superior
    Urge(urge::Arguments),
    /// Call for a report on a case, as a supervisor or superior
    CallReport(call_report::Arguments),
    /// Call the members of a consultation together, as its chair
    Convene(convene::Arguments),
    /// Write something down on a case
    Note(note::Arguments),
    /// Take up a closed or stuck case again
    Reopen(reopen::Arguments),
    /// Stop the clock of a case, for a reason and on a basis
    Suspend(suspend::Arguments),
    /// Let the clock of a case run again
    Resume(resume::Arguments),
    /// Ask for more time; or, by whoever may decide, give it or not
    Extend(extend::Arguments),
    /// Set another deadline in the place of the one that there is
    Supersede(supersede::Arguments),
    /// Let what is due fire
    Tick(tick::Arguments),
    /// Tell who owes whom what, until when, net per pair, breached
    Obligations(obligations::Arguments),
    /// Make a journal, or tell which rules it is under
    Journal(journal::Arguments),
    /// Put other rules in force in a journal, with the difference shown
    Adopt(adopt::Arguments),
    /// Move open cases to other rules where that makes sense
    Migrate(migrate::Arguments),
    /// Tell whether a journal is whole, and where it is not
    Verify(verify::Arguments),
    /// The feed of a journal: each record as a line of JSON, from a number on, and what comes next
    Events(events::Arguments),
    /// Write a journal as lines of JSON
    Export(export::Arguments),
    /// Copy a journal as it stands, while others go on writing
    Backup(backup::Arguments),
    /// Erase who a person is where the time to keep it has passed
    Purge(purge::Arguments),
    /// Print what a shell needs to complete commands
    Completions(manual::Completions),
    /// Write the manual as man pages
    Man(manual::Man),
    /// Print the JSON Schema of `check --format json`
    Schema,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Lang {
    En,
    Zh,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let usage = error.use_stderr();
            drop(error.print());
            return ExitCode::from(if usage { 2 } else { 0 });
        }
    };
    let language = match arguments.lang {
        Some(Lang::En) => Language::En,
        Some(Lang::Zh) => Language::Zh,
        None => output::language_of_locale(),
    };
    let output = output::Output::new(language, arguments.color);
    let status = match arguments.command {
        Command::New(arguments) => new::run(&arguments, &output),
        Command::Check(arguments) => check::run(&arguments, &output),
        Command::Certify(arguments) => certify::run(&arguments, &output),
        Command::Explain(arguments) => explain::run(&arguments, &output),
        Command::List(arguments) => list::run(&arguments, &output),
        Command::Diff(arguments) => diff::run(&arguments, &output),
        Command::Who(arguments) => who::run(&arguments, &output),
        Command::Graph(arguments) => graph::run(&arguments, &output),
        Command::Run(arguments) => run::run(&arguments, &output),
        Command::Test(arguments) => test::run(&arguments, &output),
        Command::Tour(arguments) => tour::run(&arguments, &output),
        Command::Fmt(arguments) => fmt::run(&arguments, &output),
        Command::Import(arguments) => import::run(&arguments, &output),
        Command::Open(arguments) => open::run(&arguments, &output),
        Command::Inbox(arguments) => inbox::run(&arguments, &output),
        Command::Show(arguments) => show::run(&arguments, &output),
        Command::Ack(arguments) => ack::run(&arguments, &output),
        Command::Done(arguments) => done::run(&arguments, &output),
        Command::Refuse(arguments) => refuse::run(&arguments, &output),
        Command::HandOver(arguments) => hand_over::run(&arguments, &output),
        Command::Take(arguments) => take::run(&arguments, &output),
        Command::Designate(arguments) => designate::run(&arguments, &output),
        Command::Fact(arguments) => fact::run(&arguments, &output),
        Command::Discharge(arguments) => discharge::run(&arguments, &output),
        Command::Urge(arguments) => urge::run(&arguments, &output),
        Command::CallReport(arguments) => call_report::run(&arguments, &output),
        Command::Convene(arguments) => convene::run(&arguments, &output),
        Command::Note(arguments) => note::run(&arguments, &output),
        Command::Reopen(arguments) => reopen::run(&arguments, &output),
        Command::Suspend(arguments) => suspend::run(&arguments, &output),
        Command::Resume(arguments) => resume::run(&arguments, &output),
        Command::Extend(arguments) => extend::run(&arguments, &output),
        Command::Supersede(arguments) => supersede::run(&arguments, &output),
        Command::Tick(arguments) => tick::run(&arguments, &output),
        Command::Obligations(arguments) => obligations::run(&arguments, &output),
        Command::Journal(arguments) => journal::run(&arguments, &output),
        Command::Adopt(arguments) => adopt::run(&arguments, &output),
        Command::Migrate(arguments) => migrate::run(&arguments, &output),
        Command::Verify(arguments) => verify::run(&arguments, &output),
        Command::Events(arguments) => events::run(&arguments, &output),
        Command::Export(arguments) => export::run(&arguments, &output),
        Command::Backup(arguments) => backup::run(&arguments, &output),
        Command::Purge(arguments) => purge::run(&arguments, &output),
        Command::Completions(arguments) => manual::completions(&arguments, &output),
        Command::Man(arguments) => manual::man(&arguments, &output),
        Command::Schema => {
            output.print(&format!("{:#}\n", linkage_report::schema()));
            0
        }
    };
    ExitCode::from(output.status(status))
}
