//! `docs/operators.md` shows what the program prints: its commands are run in order, on a journal of their own.

use std::process::Command;

use super::root;

/// Runs one line of the page; `| tail -N` leaves the last lines.
fn said(line: &str, folder: &std::path::Path) -> String {
    let (line, last) = line.split_once(" | tail -").unwrap_or((line, ""));
    let words = words(line);
    let output = Command::new(env!("CARGO_BIN_EXE_linkage"))
        .args(&words[1..])
        .env("LINKAGE_JOURNAL", folder.join("town.journal"))
        .env("LANG", "C.UTF-8")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("COLUMNS", "100")
        .current_dir(root())
        .output()
        .expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it speaks UTF-8");
    let (out, err) = (text(output.stdout), text(output.stderr));
    let shown = format!("{out}{err}").replace(&folder.display().to_string(), "…");
    let cut = |line: &str| line.trim_end().to_owned();
    let mut lines: Vec<String> = shown.lines().map(cut).collect();
    if let Ok(last) = last.parse() {
        lines = lines.split_off(lines.len().saturating_sub(last));
    }
    // The hashes of the rules and of the end depend on the rules to the letter, a handle is drawn at random: the page
    // shows where they stand, not what they are.
    for line in &mut lines {
        let hex = |word: &&str| {
            matches!(word.len(), 12 | 33 | 64) && word.bytes().skip(1).all(|byte| byte.is_ascii_hexdigit())
        };
        for word in line.clone().split([' ', ':', ',', '(', ')']).filter(hex) {
            *line = line.replace(word, "…");
        }
    }
    let status = output.status.code().expect("it was not killed");
    if status > 0 {
        lines.push(format!("(exit status {status})"));
    }
    lines.join("\n")
}

/// Words of a line, quotes respected.
fn words(line: &str) -> Vec<String> {
    let (mut all, mut word, mut quoted) = (Vec::new(), String::new(), false);
    for letter in line.chars() {
        match letter {
            '\'' => quoted = !quoted,
            ' ' if !quoted => {
                if !word.is_empty() {
                    all.push(std::mem::take(&mut word));
                }
            }
            letter => word.push(letter),
        }
    }
    all.push(word);
    all
}

#[test]
fn the_page_of_operators_is_true() {
    let path = root().join("docs/operators.md");
    let text = std::fs::read_to_string(&path).expect("readable");
    let folder = tempfile::tempdir().expect("a folder");
    let mut parts = text.split("```console\n");
    let mut page = parts.next().expect("a beginning").to_owned();
    let mut count = 0;
    for part in parts {
        let (block, rest) = part.split_once("```").expect("it ends");
        page.push_str("```console\n");
        let commands: Vec<&str> = block.lines().filter(|line| line.starts_with("$ linkage")).collect();
        for (at, command) in commands.iter().enumerate() {
            count += 1;
            let own = said(command.trim_start_matches("$ "), folder.path());
            let gap = if at == 0 { "" } else { "\n" };
            page.push_str(&format!("{gap}{command}\n{own}"));
            page.push_str(if own.is_empty() { "" } else { "\n" });
        }
        page.push_str("```");
        page.push_str(rest);
    }
    assert!(count >= 15, "{count} commands");
    if std::env::var_os("LINKAGE_WRITE_DOCS").is_some() {
        std::fs::write(&path, &page).expect("writable");
    }
    let published = std::fs::read_to_string(&path).expect("readable");
    assert!(published == page, "docs/operators.md is stale: `just generate` writes it");
}
