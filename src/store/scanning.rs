//! The text of records, piece by piece: quotes, numbers, where a value ends, where a field of an object stands.

use std::borrow::Cow;

use serde::de::IgnoredAny;

use super::unfit::Unfit;

/// So many lists and objects can lie in one another.
const DEPTH_UP_TO: u32 = 64;

/// A text, and how far it is read.
pub(super) struct Reader<'t> {
    text: &'t str,
    pub at: usize,
    depth: u32,
}

impl<'t> Reader<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, at: 0, depth: 0 }
    }

    pub fn wrong(&self, reason: String) -> Unfit {
        Unfit(if reason.contains(" at byte ") { reason } else { format!("{reason} at byte {}", self.at) })
    }

    pub fn unexpected<T>(&self) -> Result<T, Unfit> {
        let found = self.text.get(self.at..).and_then(|rest| rest.chars().next());
        Err(self
            .wrong(found.map_or("the text ends too early".into(), |found| format!("unexpected {found:?}"))))
    }

    /// The next byte that is not blank.
    pub fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = *self.text.as_bytes().get(self.at)?;
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    pub fn expect(&mut self, byte: u8) -> Result<(), Unfit> {
        if self.peek() == Some(byte) {
            self.at += 1;
            return Ok(());
        }
        self.unexpected()
    }

    pub fn word(&mut self, word: &str) -> Result<(), Unfit> {
        if self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            self.at += word.len();
            return Ok(());
        }
        self.unexpected()
    }

    /// A text in quotes.
    pub fn quoted(&mut self) -> Result<Cow<'t, str>, Unfit> {
        self.expect(b'"')?;
        let (from, bytes) = (self.at, self.text.as_bytes());
        loop {
            match bytes.get(self.at) {
                Some(b'"') => {
                    let text = &self.text[from..self.at];
                    self.at += 1;
                    return Ok(Cow::Borrowed(text));
                }
                Some(b'\\') => return self.escaped(from).map(Cow::Owned),
                Some(0x20..) => self.at += 1,
                _ => return self.unexpected(),
            }
        }
    }

    /// The same where something in it is escaped.
    fn escaped(&mut self, from: usize) -> Result<String, Unfit> {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at) {
                Some(b'"') => break,
                Some(b'\\') => self.at += 2,
                Some(0x20..) => self.at += 1,
                _ => return self.unexpected(),
            }
        }
        self.at += 1;
        let quoted = self.text.get(from - 1..self.at).unwrap_or_default();
        serde_json::from_str(quoted).map_err(|error| self.wrong(error.to_string()))
    }

    /// A whole number.
    pub fn number(&mut self) -> Result<(bool, u64), Unfit> {
        let bytes = self.text.as_bytes();
        let minus = bytes.get(self.at) == Some(&b'-');
        self.at += usize::from(minus);
        let from = self.at;
        let mut number = 0_u64;
        while let Some(digit @ b'0'..=b'9') = bytes.get(self.at) {
            let grown = number.checked_mul(10).and_then(|tens| tens.checked_add(u64::from(digit - b'0')));
            number = grown.ok_or_else(|| self.wrong("the number is too large".into()))?;
            self.at += 1;
        }
        let (digits, first) = (self.at - from, bytes.get(from));
        if digits == 0
            || digits > 1 && first == Some(&b'0')
            || matches!(bytes.get(self.at), Some(b'.' | b'e' | b'E'))
        {
            return Err(self.wrong("a whole number is wanted".into()));
        }
        Ok((minus, number))
    }

    /// Where the value ends that begins here.
    fn end_of_value(&self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let (mut at, mut depth) = (self.at, 0_usize);
        loop {
            match bytes.get(at)? {
                b'"' => at = past_quoted(bytes, at)? - 1,
                b'{' | b'[' => depth += 1,
                // The list or object around it ends: so does a number.
                b'}' | b']' | b',' if depth == 0 => return Some(at),
                b'}' | b']' => {
                    depth -= 1;
                    if depth == 0 {
                        return Some(at + 1);
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// Steps over a value.
    pub fn step_over(&mut self) -> Result<(), Unfit> {
        self.peek();
        let Some(end) = self.end_of_value() else { return self.unexpected() };
        let value = self.text.get(self.at..end).unwrap_or_default();
        let stepped: Result<IgnoredAny, _> = serde_json::from_str(value);
        stepped.map_err(|error| self.wrong(error.to_string()))?;
        self.at = end;
        Ok(())
    }

    /// Where the value of a field begins in the object whose first byte was read; none if it has no such field.
    pub fn ahead(&self, field: &str) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let (mut at, mut depth) = (self.at, 1_usize);
        loop {
            match bytes.get(at)? {
                b'"' => {
                    let (from, past) = (at + 1, past_quoted(bytes, at)?);
                    at = past;
                    while matches!(bytes.get(at), Some(b' ' | b'\n' | b'\r' | b'\t')) {
                        at += 1;
                    }
                    if depth == 1
                        && bytes.get(at) == Some(&b':')
                        && bytes.get(from..past - 1) == Some(field.as_bytes())
                    {
                        return Some(at + 1);
                    }
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' if depth == 1 => return None,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            at += 1;
        }
    }

    pub fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Unfit>) -> Result<T, Unfit> {
        self.depth += 1;
        if self.depth > DEPTH_UP_TO {
            return Err(self.wrong("it lies too deep".into()));
        }
        self.at += 1;
        let done = read(self)?;
        self.depth -= 1;
        Ok(done)
    }
}

/// Behind the quotes that end the text that begins here.
fn past_quoted(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from + 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}
