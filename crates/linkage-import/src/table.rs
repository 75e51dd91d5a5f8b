//! Tables as rows of cells, from CSV (UTF-8 or GB 18030) or a workbook.

use std::io::Cursor;

use calamine::{Data, Reader};

use super::TableFault;

/// A table with a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows beneath.
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its line in the file, counted from 1; in a workbook its row.
    pub line: usize,
    /// Its cells, without space around them.
    pub cells: Vec<String>,
}

/// Reads a table: a workbook by its first bytes, else CSV with commas, semicolons or tabs.
///
/// # Errors
/// The table is empty, no workbook that can be read, lacks the sheet, or is no text.
pub fn read(bytes: &[u8], sheet: Option<&str>) -> Result<Table, TableFault> {
    let is_workbook = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0");
    let mut rows = if is_workbook { workbook(bytes, sheet)? } else { comma_separated(&text(bytes)?) };
    rows.retain(|row| row.cells.iter().any(|cell| !cell.is_empty()));
    if rows.is_empty() {
        return Err(TableFault::Empty);
    }
    let heading = rows.remove(0);
    Ok(Table { columns: heading.cells, rows })
}

/// Offices write UTF-8 or, on older machines, GB 18030 (GBK is a part of it).
fn text(bytes: &[u8]) -> Result<String, TableFault> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    let (text, _, broken) = encoding_rs::GB18030.decode(bytes);
    if broken { Err(TableFault::Encoding) } else { Ok(text.into_owned()) }
}

fn comma_separated(text: &str) -> Vec<Row> {
    let heading = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |delimiter: &u8| heading.bytes().filter(|byte| byte == delimiter).count();
    let delimiter = [b',', b';', b'\t'].into_iter().rev().max_by_key(count).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    // The text is UTF-8 and rows may be uneven: reading from memory has no other way to fail.
    while reader.read_record(&mut record).unwrap_or(false) {
        let line = record.position().map_or(0, csv::Position::line);
        rows.push(Row {
            line: usize::try_from(line).unwrap_or(usize::MAX),
            cells: record.iter().map(str::to_owned).collect(),
        });
    }
    rows
}

fn workbook(bytes: &[u8], sheet: Option<&str>) -> Result<Vec<Row>, TableFault> {
    let unreadable = |error: calamine::Error| TableFault::Workbook(error.to_string());
    let mut book = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(unreadable)?;
    let sheets = book.sheet_names();
    let name = match sheet {
        Some(wanted) if sheets.iter().any(|sheet| sheet == wanted) => wanted.to_owned(),
        Some(wanted) => return Err(TableFault::Sheet { wanted: wanted.into(), sheets }),
        None => sheets.first().cloned().ok_or(TableFault::Empty)?,
    };
    let range = book.worksheet_range(&name).map_err(unreadable)?;
    let first = range.start().map_or(0, |(row, _)| row as usize);
    let cells = |row: &[Data]| row.iter().map(cell).collect();
    Ok(range.rows().enumerate().map(|(at, row)| Row { line: first + at + 1, cells: cells(row) }).collect())
}

/// A cell as a person would copy it: dates as they are written in rules, numbers without `.0`.
fn cell(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(text) => text.split('T').next().unwrap_or(text).to_owned(),
        other => other.to_string().trim().to_owned(),
    }
}
