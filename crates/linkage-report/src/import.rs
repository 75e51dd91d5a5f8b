//! What an import read and what it could not, in words.

use std::fmt::Write;

use linkage_import::{Draft, Field, MappingFault, RowFault, TableFault};
use linkage_text::Language;

/// How many rows are told; a file of its own holds them all.
const ROWS_TOLD: usize = 20;

/// What was read, and the first rows that could not be.
pub fn import_text(draft: &Draft, language: Language) -> String {
    let mut out = String::new();
    let left_out = draft.unread.iter().filter(|row| row.why.is_left_out()).count();
    let partly = draft.unread.len() - left_out;
    let (read, laws) = (draft.read, draft.laws.len());
    let _ = match language {
        Language::En => writeln!(
            out,
            "read {read} rows of {laws} laws; {left_out} rows could not be read, {partly} only in part"
        ),
        Language::Zh => {
            writeln!(out, "已读取{read}行，涉及法规{laws}部；{left_out}行未能读取，{partly}行只读取了一部分")
        }
    };
    for row in draft.unread.iter().take(ROWS_TOLD) {
        let _ = writeln!(out, "  {}", row_words(row.line, &row.why, language));
    }
    let more = draft.unread.len().saturating_sub(ROWS_TOLD);
    if more > 0 {
        let _ = match language {
            Language::En => writeln!(out, "  … and {more} more; `--report FILE` writes all"),
            Language::Zh => writeln!(out, "  ……另有{more}行；用“--report 文件”写出全部"),
        };
    }
    out
}

/// Every row that could not be read, as CSV.
pub fn import_csv(draft: &Draft, language: Language) -> String {
    let mut out = String::from(language.pick("line,left_out,reason\n", "行号,未读取,原因\n"));
    for row in &draft.unread {
        let why = why_words(&row.why, language).replace('"', "\"\"");
        let _ = writeln!(out, "{},{},\"{why}\"", row.line, row.why.is_left_out());
    }
    out
}

fn row_words(line: usize, why: &RowFault, language: Language) -> String {
    let why = why_words(why, language);
    match language {
        Language::En => format!("line {line}: {why}"),
        Language::Zh => format!("第{line}行：{why}"),
    }
}

fn why_words(why: &RowFault, language: Language) -> String {
    let field = |field: &Field| field_words(*field, language);
    match (why, language) {
        (RowFault::Missing(which), Language::En) => format!("no {}", field(which)),
        (RowFault::Missing(which), Language::Zh) => format!("缺少{}", field(which)),
        (RowFault::Article(text), Language::En) => {
            format!("`{text}` is no article; write 40, 40-1 or 第四十条")
        }
        (RowFault::Article(text), Language::Zh) => format!("“{text}”不是条款号，请写40、40-1或第四十条"),
        (RowFault::Date(which, text), Language::En) => {
            format!("{}: `{text}` is no date; write 2026-01-31", field(which))
        }
        (RowFault::Date(which, text), Language::Zh) => {
            format!("{}：“{text}”不是日期，请写2026-01-31", field(which))
        }
        (RowFault::OtherDate { law, first }, Language::En) => {
            format!("another date for {law} than in line {first}, which is kept")
        }
        (RowFault::OtherDate { law, first }, Language::Zh) => {
            format!("{law}的日期与第{first}行不同，以第{first}行为准")
        }
        (RowFault::Duplicate { first }, Language::En) => format!("says the same as line {first}"),
        (RowFault::Duplicate { first }, Language::Zh) => format!("与第{first}行重复"),
        (RowFault::Uneven { cells, columns }, Language::En) => {
            format!("has {cells} cells, the heading {columns}; what is there was read")
        }
        (RowFault::Uneven { cells, columns }, Language::Zh) => {
            format!("有{cells}格，表头有{columns}格；已读取现有内容")
        }
    }
}

fn field_words(field: Field, language: Language) -> &'static str {
    match field {
        Field::Body => language.pick("body", "主体"),
        Field::Power => language.pick("power", "职权"),
        Field::Law => language.pick("law", "依据"),
        Field::Article => language.pick("article", "条款"),
        Field::Matter => language.pick("matter", "事项"),
        Field::Area => language.pick("area", "区域"),
        Field::From => language.pick("first day in force", "施行日期"),
        Field::Until => language.pick("last day in force", "失效日期"),
    }
}

/// Why a table can't be read.
pub fn table_fault(fault: &TableFault, language: Language) -> String {
    match (fault, language) {
        (TableFault::Empty, _) => language.pick("the table is empty", "表格为空").into(),
        (TableFault::Workbook(why), Language::En) => format!("not a workbook that can be read ({why})"),
        (TableFault::Workbook(why), Language::Zh) => format!("不是可以读取的工作簿（{why}）"),
        (TableFault::Sheet { wanted, sheets }, Language::En) => {
            format!("the workbook has no sheet `{wanted}`; it has {}", sheets.join(", "))
        }
        (TableFault::Sheet { wanted, sheets }, Language::Zh) => {
            format!("工作簿中没有工作表“{wanted}”；有：{}", sheets.join("、"))
        }
        (TableFault::Encoding, Language::En) => "not text in UTF-8 or GB 18030; save it as CSV UTF-8".into(),
        (TableFault::Encoding, Language::Zh) => "不是UTF-8或GB 18030编码的文本，请另存为CSV UTF-8".into(),
    }
}

/// What is wrong with a mapping.
pub fn mapping_fault(fault: &MappingFault, language: Language) -> String {
    let fields: Vec<&str> = Field::ALL.into_iter().map(Field::name).collect();
    match (fault, language) {
        (MappingFault::Form(text), Language::En) => {
            format!("`{text}` is not `field=column`; fields are {}", fields.join(", "))
        }
        (MappingFault::Form(text), Language::Zh) => {
            format!("“{text}”不是“字段=列名”；字段有{}", fields.join("、"))
        }
        (MappingFault::Field(name), Language::En) => {
            format!("there is no field `{name}`; fields are {}", fields.join(", "))
        }
        (MappingFault::Field(name), Language::Zh) => {
            format!("没有字段“{name}”；字段有{}", fields.join("、"))
        }
        (MappingFault::Column { column, near, columns }, Language::En) => {
            let near = near.as_ref().map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            format!("the table has no column `{column}`{near} It has {}", columns.join(", "))
        }
        (MappingFault::Column { column, near, columns }, Language::Zh) => {
            let near = near.as_ref().map(|near| format!("，是否指“{near}”？")).unwrap_or_default();
            format!("表格没有列“{column}”{near}；有：{}", columns.join("、"))
        }
        (MappingFault::Missing(field), Language::En) => {
            format!("no column is named for `{0}`; add {0}=COLUMN to --map", field.name())
        }
        (MappingFault::Missing(field), Language::Zh) => {
            format!("没有指明{0}所在的列；在--map中加上{0}=列名", field.name())
        }
    }
}
