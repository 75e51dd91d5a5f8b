//! Laws that begin and end while a case is open.

use super::told;
use linkage_case::tests::SCOPE;

#[test]
fn a_law_ends_and_the_lead_passes_to_whom_the_new_law_names() {
    let rules = format!(
        "{SCOPE}
        procedure p {{
          trigger report of hazard
          lead by mandate
          step inspect {{ by lead within 5 workdays basis old_law, new_law outcome found -> order }}
          step order {{ by lead within 5 workdays basis old_law, new_law outcome done -> close solved }}
        }}"
    );
    let scenario = "
start: 2026-11-27T09:00
facts: {matter: noise, area: n1}
script:
  - {at: +1h, as: market, do: ack, step: inspect}
  - {at: 2026-12-01T09:00, as: market, do: done, step: inspect, outcome: found, refused: true}
  - {at: 2026-12-01T09:00, as: police, do: done, step: inspect, outcome: found}
  - {at: 2026-12-01T10:00, as: police, do: done, step: order, outcome: done}
expect: {lead: police, closed: solved}
";
    insta::assert_snapshot!(told(&rules, scenario), @r#"
    11-27 09:00 C1 reporter: opened p
    11-27 09:00 C1 led by market (noise_old, old_law)
    11-27 09:00 C1 assigned inspect to market (noise_old, old_law) due 12-04 17:00
    11-27 10:00 C1 market: acknowledged inspect
    12-01 00:00 C1 rule began {"law":"new_law"}
    12-01 00:00 C1 rule ended {"law":"old_law"}
    12-01 00:00 C1 led by police (noise_new, new_law)
    12-01 00:00 C1 reassigned inspect to police (noise_new, new_law)
      refused to market: NotYours { step: "inspect", by: "market", holders: ["police"] }
    12-01 09:00 C1 police: done inspect: found
    12-01 09:00 C1 assigned order to police (noise_new, new_law) due 12-08 17:00
    12-01 10:00 C1 police: done order: done
    12-01 10:00 C1 police: closed solved; basis new_law
    "#);
}
