//! The canonical text of a tree: one clause a line, every comment kept, punctuation half-width.
//!
//! The same printer writes every clause: keyword, parts, block. It refuses its own output if that
//! does not parse to the tree it was printed from; so formatting can change the look of a file only.

mod line;

use ecow::EcoString;
use line::{Line, words_of};

use super::same::same;
use super::tree::{Block, Clause, Comment, File, Spelling};
use super::{Keyword, SyntaxError, parse};
use linkage_text::{Language, SourceId};

/// In which language keywords are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Keywords {
    /// As the author wrote each.
    #[default]
    Kept,
    /// All in one language.
    All(Language),
}

/// Why a text is not formatted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// It has errors, and what can't be read can't be kept.
    #[error("the text has {} syntax error(s)", .0.len())]
    Syntax(Vec<SyntaxError>),
    /// The printed text reads differently: a defect of the formatter.
    #[error("the formatted text would not say the same")]
    Changed,
}

/// The canonical text of a rule file.
///
/// # Errors
/// The text has syntax errors, or the output would not parse to the same tree.
pub fn format(text: &str, keywords: Keywords) -> Result<String, FormatError> {
    let parsed = parse(SourceId::default(), text);
    let grave = |error: &SyntaxError| !matches!(error, SyntaxError::HiddenCharacter { .. });
    if parsed.errors.iter().any(grave) {
        return Err(FormatError::Syntax(parsed.errors.into_iter().filter(grave).collect()));
    }
    let printed = print(&parsed.file, keywords);
    let again = parse(SourceId::default(), &printed);
    if again.errors.iter().any(grave) || !same(&parsed.file, &again.file) {
        return Err(FormatError::Changed);
    }
    Ok(printed)
}

/// What a clause says behind its keyword, in one line. Blocks in braces are left out.
pub fn one_line(clause: &Clause, keywords: Keywords) -> EcoString {
    let mut line = Line::default();
    let printer = Printer { out: String::new(), keywords };
    printer.head(&Clause { spelling: Spelling::Implied, ..clause.clone() }, &mut line);
    line.joined()
}

fn print(file: &File, keywords: Keywords) -> String {
    let mut printer = Printer { out: String::new(), keywords };
    for (index, declaration) in file.declarations.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| file.declarations.get(before));
        let apart = before.is_some_and(|before| declaration.block.is_some() || before.block.is_some());
        printer.clause(declaration, 0, apart, index == 0);
    }
    printer.comments(&file.trailing, 0, file.declarations.is_empty());
    printer.out
}

struct Printer {
    out: String,
    keywords: Keywords,
}

impl Printer {
    /// Prints a clause; `apart` asks for an empty line above, `first` forbids one.
    fn clause(&mut self, clause: &Clause, depth: usize, apart: bool, first: bool) {
        let mut first = first;
        let mut apart = apart;
        for comment in &clause.comments {
            if !comment.behind && apart {
                self.empty_line();
                apart = false;
            }
            self.comment(comment, depth, first);
            first = first && comment.behind;
        }
        if (apart || clause.spaced) && !first {
            self.empty_line();
        }
        let mut line = Line::default();
        self.head(clause, &mut line);
        let block = clause.block.as_deref();
        let Some(block) = block.filter(|block| !is_inline(clause, block)) else {
            self.line(depth, &line);
            return;
        };
        if block.clauses.is_empty() && block.trailing.is_empty() {
            line.word("{}");
            self.line(depth, &line);
            return;
        }
        line.word("{");
        self.line(depth, &line);
        for (index, inner) in block.clauses.iter().enumerate() {
            let above = index.checked_sub(1).and_then(|above| block.clauses.get(above));
            let apart = above.is_some_and(|above| has_braces(above) && has_braces(inner) && !is_node(inner));
            self.clause(inner, depth + 1, apart, index == 0);
        }
        self.comments(&block.trailing, depth + 1, block.clauses.is_empty());
        self.indent(depth);
        self.out.push_str("}\n");
    }

    /// Keyword, parts, and the clauses that stand in the same line.
    fn head(&self, clause: &Clause, line: &mut Line) {
        let zh = self.spell(clause.spelling) == Language::Zh;
        match clause.spelling {
            Spelling::Implied => {}
            // `第53条` is keyword and number in one.
            _ if clause.keyword == Keyword::Article && zh => {}
            spelling => line.word(clause.keyword.spelling(self.spell(spelling))),
        }
        let inline = clause.block.as_deref().filter(|block| is_inline(clause, block));
        let (before, behind) = clause.parts.split_at(inline.map_or(clause.parts.len(), |block| block.after));
        words_of(clause, before, self.keywords, line);
        for inner in inline.into_iter().flat_map(|block| &block.clauses) {
            self.head(inner, line);
        }
        words_of(clause, behind, self.keywords, line);
    }

    fn spell(&self, spelling: Spelling) -> Language {
        language_of(spelling, self.keywords)
    }

    fn comments(&mut self, comments: &[Comment], depth: usize, first: bool) {
        let mut first = first;
        for comment in comments {
            self.comment(comment, depth, first);
            first = first && comment.behind;
        }
    }

    fn comment(&mut self, comment: &Comment, depth: usize, first: bool) {
        if comment.behind && self.out.ends_with('\n') {
            self.out.pop();
            self.out.push(' ');
        } else {
            if comment.spaced && !first {
                self.empty_line();
            }
            self.indent(depth);
        }
        self.out.push_str(&comment.text);
        self.out.push('\n');
    }

    fn line(&mut self, depth: usize, line: &Line) {
        line.write(depth, &mut self.out);
    }

    fn indent(&mut self, depth: usize) {
        self.out.push_str(&"  ".repeat(depth));
    }

    fn empty_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }
}

fn language_of(spelling: Spelling, keywords: Keywords) -> Language {
    match (keywords, spelling) {
        (Keywords::All(language), _) => language,
        (Keywords::Kept, Spelling::Zh) => Language::Zh,
        (Keywords::Kept, _) => Language::En,
    }
}

/// Whether the inner clauses stand in the line of the outer one, without braces.
fn is_inline(clause: &Clause, block: &Block) -> bool {
    !block.clauses.is_empty()
        && matches!(
            clause.keyword,
            Keyword::Grant
                | Keyword::Forbid
                | Keyword::Reserve
                | Keyword::Designate
                | Keyword::Succeeds
                | Keyword::Trigger
                | Keyword::Require
                | Keyword::Owe
                | Keyword::Guarantee
                | Keyword::Publish
        )
}

fn has_braces(clause: &Clause) -> bool {
    clause.block.as_ref().is_some_and(|block| !is_inline(clause, block))
}

/// Nodes of a tree stand close together.
fn is_node(clause: &Clause) -> bool {
    clause.spelling == Spelling::Implied
}
