//! Writes a table of boxes as a rule package: each region a mandate, each axis a tree or an attribute.
//!
//! The first tree becomes the matters, the second the areas, the first axis of minutes the time of day; every
//! other axis becomes an attribute. So what is known of the table is known of the package.

use std::fmt::Write;
use std::path::Path;

use linkage::space::tables::Table;
use linkage::space::{Cuboid, Dimension, Kind, NodeRef, Side, Space, Tree};

/// How many mandates stand in one file.
const PER_FILE: usize = 20_000;

/// What an axis becomes.
#[derive(Clone, Copy, PartialEq)]
enum Axis {
    Matter,
    Area,
    Time,
    Values,
    Number(i64),
}

/// Writes the package into an empty folder; answers how many bytes it has.
pub fn write(table: &Table, folder: &Path) -> usize {
    std::fs::create_dir_all(folder).expect("the folder is writable");
    let axes = axes(&table.space);
    let bodies = (table.regions.len() / 8).max(20);
    let mut bytes = 0;
    let mut file = |name: String, text: String| {
        bytes += text.len();
        std::fs::write(folder.join(name), text).expect("the file is writable");
    };
    file("linkage.yaml".into(), "name: generated\nlanguage: 1\n".into());
    file("0_institution.linkage".into(), institution(&table.space, &axes, bodies));
    for (at, regions) in table.regions.chunks(PER_FILE).enumerate() {
        let mut text = String::new();
        for (index, region) in regions.iter().enumerate() {
            let index = at * PER_FILE + index;
            let _ = writeln!(text, "mandate duty_{index} {{\n  lead body_{}", index * 7 % bodies);
            for (nth, cuboid) in region.cuboids().iter().enumerate() {
                let clauses = clauses(&table.space, &axes, cuboid);
                let _ = match nth {
                    0 => writeln!(text, "{clauses}"),
                    _ => writeln!(text, "  also {{\n{clauses}\n  }}"),
                };
            }
            let _ = writeln!(text, "  basis law_{} art {}\n}}\n", index % 10, index % 20 + 1);
        }
        file(format!("mandates_{at:04}.linkage"), text);
    }
    bytes
}

fn axes(space: &Space) -> Vec<Axis> {
    let mut taken: Vec<Axis> = Vec::new();
    for dimension in &space.dimensions {
        let free = |axis: &Axis| !taken.contains(axis);
        let axis = match &dimension.kind {
            Kind::Tree(_) => [Axis::Matter, Axis::Area].into_iter().find(free).unwrap_or(Axis::Number(0)),
            Kind::Minutes => [Axis::Time].into_iter().find(free).unwrap_or(Axis::Number(0)),
            Kind::List(_) => Axis::Values,
            Kind::Integer { lowest, .. } => Axis::Number(*lowest),
        };
        taken.push(axis);
    }
    taken
}

fn institution(space: &Space, axes: &[Axis], bodies: usize) -> String {
    let mut text = String::new();
    for (keyword, axis) in [("area", Axis::Area), ("matter", Axis::Matter)] {
        let dimension = axes.iter().position(|own| *own == axis).map(|at| &space.dimensions[at]);
        match dimension.map(|dimension| &dimension.kind) {
            Some(Kind::Tree(tree)) => forest(&mut text, keyword, tree),
            _ => drop(writeln!(text, "{keyword} all_{keyword}s")),
        }
    }
    for (dimension, axis) in space.dimensions.iter().zip(axes) {
        let name = &dimension.name;
        let _ = match (axis, &dimension.kind) {
            (Axis::Values, Kind::List(values)) => {
                writeln!(text, "attribute {name} : {{ {} }}", values.join(", "))
            }
            (Axis::Number(lowest), _) => {
                writeln!(text, "attribute {name} : {lowest}..{}", lowest + i64::from(dimension.size()) - 1)
            }
            _ => Ok(()),
        };
    }
    for law in 0..10 {
        let _ = writeln!(
            text,
            "law law_{law} {{\n  rank statute\n  issuer \"congress\"\n  from 20{law:02}-01-01"
        );
        for article in 1..=20 {
            let _ = writeln!(text, "  article {article}");
        }
        let _ = writeln!(text, "}}");
    }
    let _ = writeln!(text, "body government {{ kind government }}");
    for body in 0..bodies {
        let _ = writeln!(text, "body body_{body} {{ kind department under government }}");
    }
    text
}

fn forest(text: &mut String, keyword: &str, tree: &Tree) {
    fn branch(text: &mut String, tree: &Tree, node: NodeRef) {
        let Some(own) = tree.get(node) else { return };
        let _ = write!(text, "{} ", own.name);
        if !own.children.is_empty() {
            let _ = write!(text, "{{ ");
            for child in &own.children {
                branch(text, tree, *child);
            }
            let _ = writeln!(text, "}}");
        }
    }
    for root in tree.get(Tree::ROOT).map(|root| root.children.clone()).unwrap_or_default() {
        let _ = write!(text, "{keyword} ");
        branch(text, tree, root);
        let _ = writeln!(text);
    }
}

fn clauses(space: &Space, axes: &[Axis], cuboid: &Cuboid) -> String {
    let mut lines = Vec::new();
    let mut conditions = Vec::new();
    for ((dimension, axis), side) in space.dimensions.iter().zip(axes).zip(cuboid.sides()) {
        if side.len() == dimension.size() {
            continue;
        }
        match (axis, &dimension.kind) {
            (Axis::Matter, Kind::Tree(tree)) => lines.push(format!("  over {}", nodes(tree, side))),
            (Axis::Area, Kind::Tree(tree)) => lines.push(format!("  in {}", nodes(tree, side))),
            (Axis::Time, _) => lines.push(format!("  during daily {}", hours(side))),
            (Axis::Values, _) => {
                conditions.push(format!("{} in {{ {} }}", dimension.name, values(dimension, side)))
            }
            (Axis::Number(lowest), _) => conditions.push(ranges(&dimension.name, *lowest, side)),
            _ => {}
        }
    }
    if !conditions.is_empty() {
        lines.push(format!("  when {}", conditions.join(" and ")));
    }
    if lines.is_empty() { "  during always".into() } else { lines.join("\n") }
}

/// The largest subtrees that make up the side.
fn nodes(tree: &Tree, side: &Side) -> String {
    let mut done = 0;
    let mut names = Vec::new();
    for (_, node) in tree.nodes().skip(1) {
        if node.leaves.start >= done && side.covers(node.leaves) {
            names.push(node.name.as_str());
            done = node.leaves.end;
        }
    }
    names.join(", ")
}

fn hours(side: &Side) -> String {
    let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
    let runs = side.runs().iter().map(|run| format!("{}-{}", clock(run.start), clock(run.end)));
    runs.collect::<Vec<_>>().join(" and ")
}

fn values(dimension: &Dimension, side: &Side) -> String {
    let values = side.runs().iter().flat_map(|run| run.start..run.end);
    values.filter_map(|value| dimension.show(value)).collect::<Vec<_>>().join(", ")
}

fn ranges(name: &str, lowest: i64, side: &Side) -> String {
    let one = |start: u32, end: u32| {
        format!("{name} in {}..{}", lowest + i64::from(start), lowest + i64::from(end) - 1)
    };
    let runs: Vec<String> = side.runs().iter().map(|run| one(run.start, run.end)).collect();
    match runs.as_slice() {
        [only] => only.clone(),
        several => format!("({})", several.join(" or ")),
    }
}
