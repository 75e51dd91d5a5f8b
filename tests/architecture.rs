//! The floors of the house: a room imports only from floors below its own.

use std::path::Path;

/// The rooms with their floors, as ARCHITECTURE.md draws them.
const FLOORS: &[(&str, u8)] = &[
    ("cores", 0),
    ("text", 1),
    ("space", 1),
    ("time", 1),
    ("network", 1),
    ("certify", 1),
    ("syntax", 2),
    ("model", 3),
    ("flow", 4),
    ("import", 4),
    ("checks", 5),
    ("case", 5),
    ("compare", 6),
    ("workspace", 6),
    ("store", 6),
    ("engine", 7),
    ("cost", 7),
    ("sim", 8),
    ("report", 9),
    ("cli", 10),
];

/// `time` speaks durations in both languages and reads its YAML by keys; both come from `text`, on the same floor.
const SAME_FLOOR: &[(&str, &str)] = &[("time", "text")];

fn floor(room: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == room).map(|(_, floor)| *floor)
}

fn rust_files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("src is readable") {
        let path = entry.expect("src is readable").path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The rooms that a text names behind `crate::`, tests left out.
fn imports(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]").next().unwrap_or(text);
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut rooms = Vec::new();
    for line in lines {
        for rest in line.split("crate::").skip(1) {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            rooms.push(rest[..end].to_owned());
        }
    }
    rooms
}

#[test]
fn rooms_import_only_from_floors_below() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&src, &mut files);
    let mut wrong = Vec::new();
    for file in files {
        let inside = file.strip_prefix(&src).expect("it lies in src");
        let room = inside.iter().next().expect("it has a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&file).expect("it is readable");
        let is_test = inside.iter().any(|part| part == "tests" || part == "tests.rs");
        let Some(own) = floor(&room) else {
            assert!(matches!(room.as_str(), "lib.rs" | "main.rs"), "{room}: no floor; enter it in the table");
            continue;
        };
        for import in imports(&text).into_iter().filter(|_| !is_test) {
            let allowed = import == room
                || SAME_FLOOR.contains(&(room.as_str(), import.as_str()))
                || floor(&import).is_some_and(|floor| floor < own);
            if !allowed {
                wrong.push(format!("{}: imports {import}", inside.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pure_floors_do_no_input_or_output() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for (room, _) in FLOORS.iter().filter(|(_, floor)| *floor <= 5) {
        let mut files = Vec::new();
        rust_files(&src.join(room), &mut files);
        for file in files {
            let text = std::fs::read_to_string(&file).expect("it is readable");
            let code = text.split("#[cfg(test)]").next().unwrap_or(&text).to_owned();
            for word in [
                "std::fs",
                "std::env",
                "std::net",
                "std::thread",
                "std::process",
                "println!",
                "async fn",
                "Timestamp::now",
            ] {
                // Work on cells is shared between cores: the answer does not depend on how.
                let shares = word == "std::thread" && room == &"cores";
                let is_test = file.iter().any(|part| part == "tests" || part == "tests.rs");
                if code.contains(word) && !is_test && !shares {
                    wrong.push(format!("{}: {word}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
