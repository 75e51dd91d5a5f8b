//! Any YAML is read as a scenario and as a calendar; what can be read is played.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use linkage::case::Rules;
use linkage::sim::{Scenario, run};
use linkage::time::Calendar;
use linkage::workspace::{Package, analyse_package, Analysis};

const RULES: &str = "area town { north south }
matter hazard { fire noise }
attribute severity : 1..3
body centre { kind platform }
body police { kind police under centre }
body brigade { kind fire_rescue under centre }
scope { over hazard fallback centre forum { first_receiver superior } }
mandate a { lead police over fire }
mandate b { lead brigade over fire when severity > 1 }
procedure p {
  trigger report of hazard
  lead by mandate
  within 5 workdays
  step look { by lead within 2 hours outcome seen -> way outcome none -> close unsolved }
  choose way { when severity > 2 -> both otherwise -> talk }
  all both { step one { by police outcome done -> join } step two { by brigade outcome done -> join } then talk }
  consult talk { by police, brigade quorum majority silence assent within 1 workday outcome agreed -> close solved outcome failed -> look }
  escalate { after 75% to centre on timeout to centre within 1 workday on refusal to centre }
  owe feedback reply from lead to reporter within 2 workdays upon look
}";

static ANALYSIS: LazyLock<Analysis> =
    LazyLock::new(|| analyse_package(Package::of_text("fuzz", RULES), jiff::civil::date(2026, 11, 23)));

fuzz_target!(|text: &str| {
    if let Err(faults) = Calendar::from_yaml(text) {
        let _ = faults.iter().map(ToString::to_string).collect::<String>();
    }
    match Scenario::from_yaml(text) {
        Ok(scenario) => {
            let institution = ANALYSIS.institution();
            let story = run(&Rules::new(institution, &ANALYSIS.package.calendar), &scenario);
            let _ = linkage::report::story(institution, &ANALYSIS.package.calendar, &story, linkage::text::Language::Zh);
        }
        Err(faults) => {
            let _ = faults.iter().map(ToString::to_string).collect::<String>();
        }
    }
});
