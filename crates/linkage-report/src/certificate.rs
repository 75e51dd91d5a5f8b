//! The certificate of a package: its claims, gaps and overlaps as plain boxes for `certify`.

use num_bigint::BigUint;

use linkage_certify::{Axis, Certificate, Claim, FORMAT, Fault, Group, Part, Place, Sides, Volumes};
use linkage_model::Division;
use linkage_package::Analysis;
use linkage_regions::{Cuboid, Region, cover};
use linkage_text::Language;

/// So many parts of the space are looked at.
const CELLS: usize = 3_000_000;

/// The certificate of a package that is understood; nothing if its answer is not exact.
pub fn certificate(analysis: &Analysis) -> Option<Certificate> {
    let institution = analysis.institution();
    let division = Division::new(institution, analysis.day);
    let scope = institution.scope.region.disjoint();
    let regions = division.regions();
    let claims: Vec<Claim> = division
        .claims()
        .iter()
        .zip(&regions)
        .map(|(claim, region)| {
            let mut owners: Vec<String> =
                claim.bodies.iter().map(|body| institution[*body].head.name.to_string()).collect();
            owners.sort_unstable();
            owners.dedup();
            let name = institution[claim.mandate].head.name.to_string();
            Claim { name, owners, boxes: boxes(region) }
        })
        .collect();
    let differ = |set: &[usize]| set.iter().any(|claim| claims[*claim].owners != claims[set[0]].owners);
    let found = cover(&scope, &regions, differ, CELLS);
    if !found.gaps.undecided.is_empty() || !found.overlaps.undecided.is_empty() {
        return None;
    }
    let group =
        |(claims, region): &(Vec<usize>, Region)| Group { claims: claims.clone(), boxes: boxes(region) };
    let overlaps: Vec<Group> = found.overlaps.groups.iter().map(group).collect();
    let met: BigUint = found.overlaps.groups.iter().map(|(_, region)| region.count()).sum();
    let (whole, gaps) = (scope.count(), found.gaps.found.count());
    Some(Certificate {
        format: FORMAT.to_owned(),
        subject: format!("{} {}", analysis.package.name, analysis.day),
        axes: institution
            .space
            .dimensions
            .iter()
            .map(|axis| Axis { name: axis.name.to_string(), size: axis.size() })
            .collect(),
        scope: boxes(&scope),
        gaps: boxes(&found.gaps.found),
        volumes: Volumes {
            scope: whole.to_string(),
            held: (whole - &gaps).to_string(),
            gaps: gaps.to_string(),
            overlaps: met.to_string(),
        },
        claims,
        overlaps,
    })
}

fn boxes(region: &Region) -> Vec<Sides> {
    let sides = |cuboid: &Cuboid| {
        let runs =
            |side: &linkage_regions::Side| side.runs().iter().map(|run| [run.start, run.end]).collect();
        cuboid.sides().iter().map(runs).collect()
    };
    region.cuboids().iter().map(sides).collect()
}

/// What a checked certificate amounts to, in words: one line a fault, or that it is true.
pub fn certified(paper: &Certificate, faults: &[Fault], language: Language) -> String {
    if faults.is_empty() {
        let Volumes { scope, gaps, overlaps, .. } = &paper.volumes;
        let (claims, subject) = (paper.claims.len(), &paper.subject);
        return language.pick(
            format!("{subject}: certified: {claims} claims, {scope} situations, {gaps} in gaps, {overlaps} in overlaps\n"),
            format!("{subject}：核验通过：职责主张{claims}项，情形{scope}种，其中无人牵头{gaps}种、多头牵头{overlaps}种\n"),
        );
    }
    faults.iter().map(|fault| fault_words(paper, fault, language) + "\n").collect()
}

fn fault_words(paper: &Certificate, fault: &Fault, language: Language) -> String {
    let say = |en: String, zh: String| language.pick(en, zh);
    let name = |claim: usize| paper.claims.get(claim).map_or("", |claim| claim.name.as_str());
    let place = |place: &Place| match *place {
        Place::Scope(at) => say(format!("scope box {}", at + 1), format!("范围第{}块", at + 1)),
        Place::Claim(claim, at) => {
            say(format!("box {} of {}", at + 1, name(claim)), format!("{}第{}块", name(claim), at + 1))
        }
        Place::Gap(at) => say(format!("gap box {}", at + 1), format!("空白第{}块", at + 1)),
        Place::Overlap(group, at) => say(
            format!("box {} of overlap {}", at + 1, group + 1),
            format!("重叠{}第{}块", group + 1, at + 1),
        ),
    };
    let part = |part: Part| match part {
        Part::Scope => language.pick("the scope", "范围"),
        Part::Held => language.pick("what is claimed", "有人主张的部分"),
        Part::Gaps => language.pick("the gaps", "空白"),
        Part::Overlaps => language.pick("the overlaps", "重叠"),
    };
    match fault {
        Fault::Format => say(
            format!("the format is not `{FORMAT}`; write the certificate anew"),
            format!("格式不是“{FORMAT}”，请重新生成"),
        ),
        Fault::Shape(at) => say(
            format!("{}: the sides are not sorted runs of values of the axes", place(at)),
            format!("{}：各边不是坐标轴上有序的取值区间", place(at)),
        ),
        Fault::Owners(claim) => say(
            format!("{}: the owners are missing, twice or not sorted", name(*claim)),
            format!("{}：主张者缺失、重复或未排序", name(*claim)),
        ),
        Fault::Group(at) => say(
            format!("overlap {}: not a group of claims of different owners", at + 1),
            format!("重叠{}：不是不同主张者的一组主张", at + 1),
        ),
        Fault::Outside(at) => {
            say(format!("{}: reaches out of the scope", place(at)), format!("{}：超出范围", place(at)))
        }
        Fault::Share(one, other) => say(
            format!("{} shares situations with {}", place(one), place(other)),
            format!("{}与{}有共同情形", place(one), place(other)),
        ),
        Fault::NotIn(at, claim) => say(
            format!("{}: not inside {}", place(at), name(*claim)),
            format!("{}：不在{}之内", place(at), name(*claim)),
        ),
        Fault::Volume(of, measured) => say(
            format!("the number stated for {} is wrong: {measured} were counted", part(*of)),
            format!("{}的数目不符：实际为{measured}", part(*of)),
        ),
        Fault::Missing(of, listed) => say(
            format!("{} are incomplete: there are more than the {listed} situations listed", part(*of)),
            format!("{}不完整：所列{listed}种情形之外还有", part(*of)),
        ),
    }
}
