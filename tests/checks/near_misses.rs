//! For each fault of the division of powers the smallest rules that nearly have it, and stay silent.

use super::analyse;

/// Bodies in a hierarchy, laws of each kind, and two matters, `x` led and `y` for the test.
const RULES: &str = "
    area t { north south }
    matter m { x y }
    body top { kind government }
    body a { kind police under top duty always }
    body b { kind department under top serves north duty workday 09:00-17:00 }
    body c { kind platform under top }
    body d { kind department under top }
    body alone { kind department }
    law old { rank statute issuer \"congress\" from 2009-05-01 article 1 }
    law new { rank statute issuer \"congress\" from 2025-03-01 article 1 }
    law other { rank statute issuer \"committee\" from 2025-03-01 article 1 }
    law regulation { rank administrative_regulation issuer \"council\" article 1 }
    mandate x { lead c over x }
";

/// The codes of family D that these rules show beside [`RULES`].
fn codes(rules: &str) -> Vec<&'static str> {
    let analysis = analyse(&format!("{RULES}{rules}"));
    let mut codes: Vec<&str> = analysis.findings.iter().map(|finding| finding.check.code).collect();
    codes.retain(|code| code.starts_with('D'));
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[test]
fn gaps() {
    assert_eq!(codes(""), ["D001"]);
    assert!(codes("mandate y { lead c over y }").is_empty());
    assert!(codes("scope { over x }").is_empty());
    assert_eq!(codes("mandate y { lead c over y in north }"), ["D001"]);
    // Two halves that meet without a minute between them.
    assert!(
        codes(
            "mandate d { lead c over y during 08:00-20:00 } mandate n { lead c over y during 20:00-08:00 }"
        )
        .is_empty()
    );
    assert_eq!(
        codes(
            "mandate d { lead c over y during 08:00-20:00 } mandate n { lead c over y during 20:01-08:00 }"
        ),
        ["D001"]
    );
}

#[test]
fn supported_not_led() {
    assert_eq!(codes("mandate s { support a over y }"), ["D013"]);
    assert!(codes("mandate s { support a over y } mandate y { lead c over y }").is_empty());
    // Supported elsewhere only: the gap is a plain one.
    assert_eq!(codes("mandate s { support a over x }"), ["D001"]);
}

#[test]
fn overlaps_and_what_they_hang_on() {
    let two =
        |one: &str, two: &str| codes(&format!("mandate p {{ lead a {one} }} mandate q {{ lead c {two} }}"));
    assert_eq!(two("over y", "over y"), ["D002"]);
    assert_eq!(two("over y basis new art 1", "over y basis new art 1"), ["D002"]);
    assert_eq!(two("over y in north", "over y in south"), Vec::<&str>::new());
    assert_eq!(two("over y joint with q", "over y"), Vec::<&str>::new());
    assert_eq!(two("over y notwithstanding q", "over y"), ["D003", "D004"]);
    // The special rule is the older one; if it is the later one too, it prevails.
    assert_eq!(two("over y in north basis old art 1", "over y basis new art 1"), ["D010"]);
    assert_eq!(two("over y in north basis new art 1", "over y basis old art 1"), ["D003"]);
    // Issuers differ; of different ranks the issuers don't matter.
    assert_eq!(two("over y basis new art 1", "over y basis other art 1"), ["D010"]);
    assert_eq!(two("over y basis new art 1", "over y basis regulation art 1"), ["D003", "D004"]);
    // Both say that they prevail; if one says it, that one does.
    assert_eq!(two("over y notwithstanding q", "over y notwithstanding p"), ["D009"]);
    assert_eq!(two("over y notwithstanding q", "over y yields to p"), ["D003", "D004"]);
}

/// 委托 makes two bodies one power; 授权 does not.
#[test]
fn what_is_entrusted_is_no_overlap() {
    let passed = |how: &str| {
        codes(&format!(
            "power fine {{ }}
             law act {{ rank statute issuer \"congress\" article 1 {{ grant fine to a over y }} }}
             {how}
             mandate p {{ lead a over y }} mandate q {{ lead c over y }}"
        ))
    };
    assert_eq!(passed(""), ["D002"]);
    assert!(passed("entrust e { from a to c power fine over y basis act art 1 }").is_empty());
    assert_eq!(passed("entrust e { from a to c power fine over y in north basis act art 1 }"), ["D002"]);
    assert_eq!(passed("transfer e { from a to c power fine over y basis act art 1 }"), ["D002"]);
    // What the giver does not hold it can't entrust.
    assert_eq!(passed("entrust e { from c to a power fine over y basis act art 1 }"), ["D002"]);
}

#[test]
fn circles() {
    let three = |last: &str| {
        codes(&format!(
            "mandate p {{ lead a over y notwithstanding q }} mandate q {{ lead c over y notwithstanding r }}
             mandate r {{ lead d over y {last} }}"
        ))
    };
    assert_eq!(three("notwithstanding p"), ["D009"]);
    // Not a circle: the last one yields to both.
    assert_eq!(three("yields to p"), ["D003", "D004"]);
    // A circle somebody outside breaks.
    assert_eq!(
        codes(
            "mandate p { lead a over y notwithstanding q } mandate q { lead c over y notwithstanding p }
             mandate r { lead d over y notwithstanding p, q }"
        ),
        ["D003", "D004"]
    );
}

#[test]
fn forums() {
    let two = |scope: &str| {
        codes(&format!(
            "scope {{ over m forum {{ {scope} }} }} mandate p {{ lead alone over y }} mandate q {{ lead a over y }}"
        ))
    };
    assert_eq!(two(""), ["D002", "D011"]);
    assert_eq!(two("superior"), ["D002", "D011"]);
    assert_eq!(two("superior coordinator top"), ["D002"]);
    assert_eq!(two("precedence a, alone"), ["D002"]);
    // An order that names none of them decides nothing.
    assert_eq!(two("precedence b, c"), ["D002", "D011"]);
    // A resolution that hands it to a superior whom there is not settles nothing.
    let resolved = |forum: &str| {
        codes(&format!(
            "mandate p {{ lead alone over y }} mandate q {{ lead a over y }} resolve r {{ between p, q {forum} }}"
        ))
    };
    assert_eq!(resolved("superior"), ["D003", "D011"]);
    assert_eq!(resolved("first_receiver"), ["D003"]);
}

#[test]
fn duty_hours() {
    assert_eq!(codes("mandate y { lead b over y in north } mandate z { lead c over y in south }"), ["D012"]);
    let at = |during: &str| {
        codes(&format!(
            "mandate y {{ lead b over y in north during {during} }} mandate z {{ lead a over y subsidiary to y }}"
        ))
    };
    assert!(at("workday 09:00-17:00").is_empty());
    // A minute too many, but the other stands in.
    assert!(at("workday 09:00-17:01").is_empty());
    let alone = |during: &str| {
        codes(&format!(
            "scope {{ over m in north during {during} }} mandate y {{ lead b over y in north during {during} }}"
        ))
    };
    assert!(alone("workday 09:00-17:00").is_empty());
    assert_eq!(alone("workday 09:00-17:01"), ["D012"]);
    // Under joint lead all must be there; side by side one suffices.
    let shared = |how: &str| {
        codes(&format!(
            "mandate y {{ lead a, b over y in north {how} }} mandate z {{ lead c over y in south }}"
        ))
    };
    assert_eq!(shared("joint"), ["D012"]);
    assert!(shared("parallel").is_empty());
}

#[test]
fn served_areas() {
    let led = |area: &str| {
        let rules = format!(
            "mandate y {{ lead b over y in {area} during workday 09:00-17:00 }} scope {{ over m in {area} during workday 09:00-17:00 }}"
        );
        codes(&rules)
    };
    assert!(led("north").is_empty());
    assert_eq!(led("t"), ["D014"]);
    // Where another prevails it does not lead, so nothing is wrong there.
    assert_eq!(
        codes(
            "scope { over m during workday 09:00-17:00 } mandate y { lead b over y }
             mandate s { lead a over y in south notwithstanding y }"
        ),
        ["D003"]
    );
}

#[test]
fn supervision() {
    let by = |rules: &str| codes(&format!("mandate y {{ lead a over y {rules} }}"));
    assert_eq!(by("supervise a"), ["D015"]);
    assert!(by("supervise top").is_empty());
    // Of another matter.
    assert!(codes("mandate y { lead a over y } mandate s { lead c over x supervise a }").is_empty());
    assert_eq!(
        codes(
            "mandate y { lead a over y } mandate s { lead c over x } mandate w { over y supervise a lead a }"
        ),
        ["D015"]
    );
}

/// A ladder that leads to whom it should press.
#[test]
fn escalation_to_oneself() {
    let to = |body: &str| {
        let rules = format!(
            "mandate y {{ lead a over y }}
             procedure p {{ trigger report of y lead by mandate within 3 days
               step act {{ by lead within 1 day outcome done -> close }}
               escalate {{ after 12 hours to {body} after 2 days to top }} }}"
        );
        codes(&rules)
    };
    assert_eq!(to("a"), ["D015"]);
    assert!(to("c").is_empty());
}

#[test]
fn exclusions() {
    let with = |exclusion: &str, clauses: &str| {
        codes(&format!("exclude e {{ {exclusion} }} mandate y {{ lead a over y {clauses} }}"))
    };
    assert_eq!(with("body a over y", ""), ["D001", "D016"]);
    assert_eq!(with("body kind police over y", ""), ["D001", "D016"]);
    assert!(with("body a over x", "").is_empty());
    assert!(with("body b over y", "").is_empty());
    // One of two is left to lead.
    assert_eq!(with("body a over y", "joint"), ["D001", "D016", "D021"]);
    assert_eq!(codes("exclude e { body a over y } mandate y { lead a, c over y joint }"), ["D016"]);
    // It turns an overlap into a breach.
    assert_eq!(
        codes("exclude e { body a over y } mandate p { lead a over y } mandate q { lead c over y }"),
        ["D016"]
    );
    // A higher rank outweighs it; the same does not.
    assert_eq!(with("body a over y basis regulation art 1", "basis new art 1"), ["D017"]);
    assert_eq!(with("body a over y basis new art 1", "basis new art 1"), ["D001", "D016"]);
}
