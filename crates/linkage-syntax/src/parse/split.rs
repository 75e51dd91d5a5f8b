//! Cuts a text into pieces that can be read one by one, and refuses what is nested too deep.

use std::ops::Range;

/// How deep blocks and brackets may be nested: far beyond any rule that people can read.
pub(super) const DEEPEST: usize = 200;

/// A piece holds at least so many bytes, if there are as many, and ends with its line: what follows in
/// the same line belongs to it.
const PIECE: usize = 1 << 14;

/// So many bytes are cut wherever a brace closes.
const LONGEST: usize = 1 << 18;

/// The pieces of a text, each ending behind a brace that closes at the top, or where nesting gets too deep.
pub(super) fn split(text: &str) -> Result<Vec<Range<usize>>, usize> {
    let bytes = text.as_bytes();
    let mut pieces = Vec::new();
    let (mut start, mut at, mut depth) = (0, 0, 0_usize);
    while at < bytes.len() {
        let rest = &bytes[at..];
        at += match rest {
            [b'/', b'/', ..] => line_length(rest),
            [b'/', b'*', ..] => text[at + 2..].find("*/").map_or(2, |end| end + 4),
            [b'"', ..] => quoted_length(rest),
            [0xE2, 0x80, 0x9C | 0x9D, ..] => text_length(&text[at..], ['”', '“']),
            [0xE3, 0x80, 0x8C, ..] => text_length(&text[at..], ['」', '」']),
            [b'{' | b'(', ..] | [0xEF, 0xBD, 0x9B, ..] | [0xEF, 0xBC, 0x88, ..] => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(at);
                }
                if rest[0] < 0x80 { 1 } else { 3 }
            }
            [b'}' | b')', ..] | [0xEF, 0xBD, 0x9D, ..] | [0xEF, 0xBC, 0x89, ..] => {
                depth = depth.saturating_sub(1);
                let length = if rest[0] < 0x80 { 1 } else { 3 };
                let so_far = at + length - start;
                let at_its_end = || matches!(rest.get(length), Some(b'\n' | b'\r'));
                if depth == 0 && (so_far >= PIECE && at_its_end() || so_far >= LONGEST) {
                    pieces.push(start..at + length);
                    start = at + length;
                }
                length
            }
            _ => 1,
        };
    }
    if start < bytes.len() || pieces.is_empty() {
        pieces.push(start..bytes.len());
    }
    Ok(pieces)
}

fn line_length(rest: &[u8]) -> usize {
    rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len())
}

/// A text ends with its quotation mark; without one in its line it is none.
fn quoted_length(rest: &[u8]) -> usize {
    let mut at = 1;
    while let Some(byte) = rest.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\n' => return 1,
            b'\\' if matches!(rest.get(at + 1), Some(b'"' | b'\\')) => at += 2,
            _ => at += 1,
        }
    }
    1
}

fn text_length(rest: &str, ends: [char; 2]) -> usize {
    let inner = &rest[3..];
    match inner.find(|c| c == '\n' || ends.contains(&c)) {
        Some(end) if !inner[end..].starts_with('\n') => 3 + end + 3,
        _ => 3,
    }
}
