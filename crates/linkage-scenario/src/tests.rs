//! Features of cases, each as a scenario over a small town; scenarios as users get them wrong.

mod assigning;
mod beginning;
mod chains;
mod escalating;
mod faults;
mod lawful;
mod overseeing;
mod owing;
mod playing;
mod settling;
mod walking;

use super::{Moment, Scenario, Story, run};
use linkage_case::Rules;
use linkage_case::tests::{calendar, short, town};

/// Plays a scenario over the town with these rules.
fn story(rules: &str, scenario: &str) -> Story {
    let (institution, calendar) = (town(rules), calendar());
    let scenario = Scenario::from_yaml(scenario).expect("the scenario is right");
    run(&Rules::new(&institution, &calendar), &scenario)
}

/// The story as short lines.
fn told(rules: &str, scenario: &str) -> String {
    let story = story(rules, scenario);
    let calendar = calendar();
    let mut lines: Vec<String> = Vec::new();
    for moment in &story.moments {
        lines.push(match moment {
            Moment::Event(event) => short::line(event, calendar.zone()),
            Moment::Refused { command, refusal, .. } => format!("  refused to {}: {refusal:?}", command.by),
        });
    }
    lines.extend(
        story.unmet.iter().map(|own| format!("  {}: expected {}, is {}", own.path, own.expected, own.actual)),
    );
    lines.join("\n")
}
