//! Builds the clauses of one piece from the pairs that the grammar found.

use std::ops::Range;

use pest::Parser;
use pest::iterators::{Pair, Pairs};

use super::super::grammar::{Grammar, Rule, Shape, shape};
use super::super::keywords::reserved;
use super::super::tree::Block;
use super::super::{Clause, Comment, File, Keyword, Part, Spelling, Symbol, SyntaxError, Word};
use super::atom::atom;
use super::condition::{condition, spelling};
use super::{Parsed, explain};
use linkage_text::{SourceId, Span};

pub(super) struct Builder<'t> {
    source: SourceId,
    text: &'t str,
    /// Where the piece at hand begins.
    base: usize,
    file: File,
    pub(super) errors: Vec<SyntaxError>,
    /// Comments that still look for their clause.
    pending: Vec<Comment>,
    /// Comments amid a clause, or behind its last part: the next part tells.
    held: Vec<Comment>,
    /// Where the last thing ended, for what stands behind it or below an empty line.
    last_end: usize,
    /// The last finished clause and where it ended.
    last_clause: Option<(Keyword, usize)>,
}

impl<'t> Builder<'t> {
    pub(super) fn new(source: SourceId, text: &'t str) -> Self {
        Self {
            source,
            text,
            base: 0,
            file: File::default(),
            errors: Vec::new(),
            pending: Vec::new(),
            held: Vec::new(),
            last_end: 0,
            last_clause: None,
        }
    }

    /// Reads one piece of the text.
    pub(super) fn read(mut self, piece: Range<usize>) -> Parsed {
        self.base = piece.start;
        self.last_end = piece.start;
        match Grammar::parse(Rule::file, &self.text[piece.clone()]) {
            Ok(mut pairs) => {
                if let Some(file) = pairs.next() {
                    self.declarations(file.into_inner());
                }
            }
            Err(_) => self.broken(piece, None),
        }
        self.file.trailing = self.pending;
        Parsed { file: self.file, errors: self.errors }
    }

    fn declarations(&mut self, pairs: Pairs<'_, Rule>) {
        for pair in pairs {
            match shape(pair.as_rule()) {
                Shape::Clause => {
                    let clause = self.clause(pair, Keyword::Use);
                    self.file.declarations.extend(clause);
                }
                Shape::Comment => self.comment(&pair),
                Shape::Broken => self.broken_pair(&pair, None),
                _ => {}
            }
        }
    }

    /// A clause with all that belongs to it; `implied` is the keyword of a node of a tree.
    fn clause(&mut self, pair: Pair<'_, Rule>, implied: Keyword) -> Option<Clause> {
        let rule = pair.as_rule();
        let start = self.base + pair.as_span().start();
        let spaced = self.empty_line_before(start);
        let comments = std::mem::take(&mut self.pending).into_boxed_slice();
        let mut head =
            (shape(rule) == Shape::Entry).then_some((implied, Spelling::Implied, self.span(start, start)));
        let mut draft = Draft::default();
        for inner in pair.into_inner() {
            if let (None, Shape::Keyword(keyword)) = (head, shape(inner.as_rule())) {
                head = Some((keyword, spelling(inner.as_str()), self.pair_span(&inner)));
                self.hold_inside(&inner);
                self.last_end = self.base + inner.as_span().end();
                continue;
            }
            if inner.as_rule() == Rule::article_zh && head.is_none() {
                head = Some((Keyword::Article, Spelling::Zh, self.pair_span(&inner)));
            }
            let keyword = head.map_or(implied, |(keyword, ..)| keyword);
            self.inner(inner, rule, keyword, &mut draft);
        }
        let (keyword, spelling, keyword_span) = head?;
        if let Some(open) = draft.open {
            self.close_block(&mut draft, keyword, open);
        } else {
            self.pending.append(&mut self.held);
        }
        let end = draft.end.max(keyword_span.end as usize);
        self.last_clause = Some((keyword, end));
        Some(Clause {
            comments,
            keyword,
            spelling,
            spaced,
            span: self.span(start, end),
            keyword_span,
            parts: draft.parts.into_boxed_slice(),
            block: draft.block.map(Box::new),
        })
    }

    /// One pair within a clause.
    fn inner(&mut self, pair: Pair<'_, Rule>, rule: Rule, keyword: Keyword, draft: &mut Draft) {
        let end = self.base + pair.as_span().end();
        match shape(pair.as_rule()) {
            Shape::Comment if draft.open.is_some() => self.comment(&pair),
            Shape::Comment => self.hold(&pair),
            Shape::Open => {
                draft.open = Some(self.pair_span(&pair));
                draft.block = Some(Block { after: draft.parts.len(), ..Block::default() });
                self.pending.append(&mut self.held);
                self.last_end = end;
            }
            Shape::Clause | Shape::Entry => {
                self.flush(draft);
                self.amid_the_line(draft);
                let clause = self.clause(pair, keyword);
                draft.end = clause.as_ref().map_or(draft.end, |clause| clause.span.end as usize);
                let after = draft.parts.len();
                let block = draft.block.get_or_insert_with(|| Block { after, ..Block::default() });
                block.clauses.extend(clause);
            }
            Shape::Missing => draft.missing = Some(self.pair_span(&pair)),
            Shape::Broken => self.broken_pair(&pair, Some(rule)),
            Shape::Flat => {
                let braces = pair.as_rule() == Rule::values;
                if braces {
                    draft.parts.push(Part::Symbol(Symbol::Open));
                }
                for inner in pair.into_inner() {
                    self.inner(inner, rule, keyword, draft);
                }
                if braces {
                    draft.parts.push(Part::Symbol(Symbol::Close));
                    draft.end = end;
                }
            }
            Shape::Condition => {
                self.flush(draft);
                let span = self.trimmed(&pair);
                let condition = condition(self, pair);
                self.flush(draft);
                draft.parts.extend(condition.map(|condition| Part::Expr(Box::new(condition))));
                draft.end = span.end as usize;
                self.last_end = draft.end;
            }
            // `art 53` is one part: the article.
            Shape::Keyword(Keyword::Art) => {
                self.flush(draft);
                draft.art = Some(spelling(pair.as_str()));
                self.last_end = end;
            }
            // In a tree the commas between nodes may stay away, and the formatter leaves them away.
            Shape::Atom if draft.open.is_some() => {}
            Shape::Keyword(_) | Shape::Atom => {
                self.flush(draft);
                let mut part = self.part(&pair);
                if let (Some(Part::Article(_, own, _)), Some(art)) = (&mut part, draft.art.take()) {
                    *own = art;
                }
                draft.parts.extend(part);
                draft.end = end;
                self.last_end = end;
            }
            Shape::Nothing => {}
        }
    }

    /// A keyword or an atom as a part; what is wrong with it is told. Comments inside it come behind it.
    pub(super) fn part(&mut self, pair: &Pair<'_, Rule>) -> Option<Part> {
        let span = self.pair_span(pair);
        let plain = self.hold_inside(pair);
        let text = plain.as_deref().unwrap_or(pair.as_str());
        if let Shape::Keyword(keyword) = shape(pair.as_rule()) {
            return Some(Part::Word(Word { keyword, spelling: spelling(text), span }));
        }
        if let Rule::name | Rule::path = pair.as_rule()
            && let Some(word) = text.split('.').find(|word| reserved(word).is_some())
        {
            self.report(SyntaxError::ReservedName { word: word.into(), span });
        }
        let (part, error) = atom(pair.as_rule(), text, span);
        if let Some(error) = error {
            self.report(error);
        }
        part
    }

    /// The end of a block: its brace, or the place where that is missing.
    fn close_block(&mut self, draft: &mut Draft, keyword: Keyword, open: Span) {
        let trailing = std::mem::take(&mut self.pending);
        if let Some(block) = &mut draft.block {
            block.trailing = trailing;
        }
        if let Some(missed) = draft.missing {
            let name = draft.parts.iter().find_map(|part| match part {
                Part::Name(name) => Some(name.text.clone()),
                _ => None,
            });
            self.errors.push(SyntaxError::UnclosedBlock { keyword, name, open, missed });
            draft.end = self.last_end;
        } else {
            draft.end = self.brace_behind(self.last_end.max(draft.end).max(open.end as usize));
        }
        self.last_end = draft.end;
    }

    /// The end of the closing brace that follows, behind white space and comments.
    fn brace_behind(&self, from: usize) -> usize {
        let rest = &self.text[from..];
        let at = rest.find(['}', '｝']).unwrap_or(0);
        from + at + rest[at..].chars().next().map_or(0, char::len_utf8)
    }

    fn comment(&mut self, pair: &Pair<'_, Rule>) {
        let mut comment = self.comment_of(pair);
        // Behind `// …` nothing can stand in the same line: a brace stood between, and is printed before both.
        comment.behind &= !self.pending.last().is_some_and(|last| last.text.starts_with("//"));
        self.pending.push(comment);
    }

    /// Keeps a comment amid a clause until the next part tells whether it stands amid or behind.
    pub(super) fn hold(&mut self, pair: &Pair<'_, Rule>) {
        let comment = self.comment_of(pair);
        self.held.push(comment);
    }

    /// Keeps the comments inside a keyword or an atom; answers its text without them, if there are any.
    fn hold_inside(&mut self, pair: &Pair<'_, Rule>) -> Option<String> {
        let comments = pair.clone().into_inner().filter(|inner| inner.as_rule() == Rule::COMMENT);
        let (mut plain, mut from) = (String::new(), 0);
        for comment in comments {
            self.hold(&comment);
            let at = comment.as_span().start() - pair.as_span().start();
            plain.push_str(&pair.as_str()[from..at]);
            plain.push(' ');
            from = at + comment.as_str().len();
        }
        (from > 0).then(|| plain + &pair.as_str()[from..])
    }

    fn comment_of(&mut self, pair: &Pair<'_, Rule>) -> Comment {
        let start = self.base + pair.as_span().start();
        let breaks = self.breaks_before(start);
        self.last_end = self.base + pair.as_span().end();
        Comment {
            text: pair.as_str().trim_end().into(),
            behind: breaks == 0 && start > 0,
            spaced: breaks > 1,
        }
    }

    fn flush(&mut self, draft: &mut Draft) {
        draft.parts.extend(self.held.drain(..).map(|comment| Part::Comment(comment.text)));
    }

    /// A comment between two clauses that stand in one line belongs to the end of the first.
    fn amid_the_line(&mut self, draft: &mut Draft) {
        let inline = draft.block.as_mut().filter(|_| draft.open.is_none());
        let Some(before) = inline.and_then(|block| block.clauses.last_mut()) else { return };
        let mut parts = std::mem::take(&mut before.parts).into_vec();
        parts.extend(self.pending.drain(..).map(|comment| Part::Comment(comment.text)));
        before.parts = parts.into_boxed_slice();
    }

    fn broken_pair(&mut self, pair: &Pair<'_, Rule>, block: Option<Rule>) {
        let span = pair.as_span();
        self.broken(self.base + span.start()..self.base + span.end(), block);
        self.last_end = self.base + span.end();
    }

    fn broken(&mut self, range: Range<usize>, block: Option<Rule>) {
        let follows = self.last_clause.filter(|(_, end)| {
            *end <= range.start && !self.text[*end..range.start].contains(['\n', '}', '｝', ';', '；'])
        });
        let follows = follows.map(|(keyword, _)| keyword);
        for error in explain::explain(self.source, self.text, range, block, follows) {
            self.report(error);
        }
    }

    /// Adds an error, unless the one before stands in the same line: then it is likely its echo.
    fn report(&mut self, error: SyntaxError) {
        let start = error.span().start as usize;
        let echo = self.errors.last().is_some_and(|last| {
            let last = last.span().start as usize;
            last <= start && !self.text[last..start].contains('\n')
        });
        if !echo {
            self.errors.push(error);
        }
    }

    fn breaks_before(&self, start: usize) -> usize {
        let gap = self.text.as_bytes().get(self.last_end..start).unwrap_or_default();
        gap.iter().filter(|byte| **byte == b'\n').count()
    }

    fn empty_line_before(&self, start: usize) -> bool {
        self.breaks_before(start) > 1
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(
            self.source,
            u32::try_from(start).unwrap_or(u32::MAX),
            u32::try_from(end).unwrap_or(u32::MAX),
        )
    }

    fn pair_span(&self, pair: &Pair<'_, Rule>) -> Span {
        self.span(self.base + pair.as_span().start(), self.base + pair.as_span().end())
    }

    /// The span of a pair without the white space behind it.
    pub(super) fn trimmed(&self, pair: &Pair<'_, Rule>) -> Span {
        let start = self.base + pair.as_span().start();
        self.span(start, start + pair.as_str().trim_end().len())
    }
}

/// A clause in the making.
#[derive(Default)]
struct Draft {
    parts: Vec<Part>,
    block: Option<Block>,
    open: Option<Span>,
    missing: Option<Span>,
    /// How the keyword of an article was spelled.
    art: Option<Spelling>,
    end: usize,
}
