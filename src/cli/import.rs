//! `import`: make a rule package from a list that an office keeps, or a journal from its lines.

use std::io::BufRead;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::desk::Place;
use super::output::Output;
use linkage_import::{Heir, Mapping, Options, files, powers, read};
use linkage_journal::store::{Journal, LineFault, Sqlite, import as import_lines};
use linkage_package::read_bytes;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    list: List,
}

#[derive(Debug, Subcommand)]
enum List {
    /// A list of powers and duties (权责清单): who may do what, on which article of which law
    Powers(Powers),
    /// A journal as `export` writes it, into a new file
    Journal(Lines),
}

#[derive(Debug, Args)]
struct Lines {
    /// The lines; `-` reads standard input
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Args)]
struct Powers {
    /// The list: CSV (UTF-8 or GB 18030) or a workbook (XLSX, XLS, ODS), with a heading
    file: PathBuf,
    /// Which column says what: FIELD=COLUMN; fields are body, power, law (needed), article, matter, area, from, until
    #[arg(long, value_name = "FIELD=COLUMN", value_delimiter = ',', required = true)]
    map: Vec<String>,
    /// The folder of the package to write
    #[arg(long, value_name = "FOLDER")]
    output: PathBuf,
    /// The sheet of a workbook [default: the first]
    #[arg(long)]
    sheet: Option<String>,
    /// The mark between several powers in one cell
    #[arg(long, value_name = "MARK")]
    split: Option<char>,
    /// A phrase that names nobody ("the department concerned"): it becomes a slot of the law
    #[arg(long, value_name = "PHRASE", value_delimiter = ',')]
    slot: Vec<String>,
    /// The rank of laws whose name ends so; the first that fits counts, and nothing behind `=` means that
    /// no rank is known. Others have none
    #[arg(long, value_name = "ENDING=RANK", value_delimiter = ',')]
    rank: Vec<String>,
    /// A body that took the place of another: OLD=NEW@DATE
    #[arg(long, value_name = "OLD=NEW@DATE", value_delimiter = ',')]
    heir: Vec<String>,
    /// Write every row that could not be read to this CSV file
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Replace the files of an earlier import
    #[arg(long)]
    replace: bool,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> u8 {
    let done = match &arguments.list {
        List::Powers(arguments) => import_powers(arguments, output),
        List::Journal(arguments) => import_journal(arguments, output),
    };
    done.unwrap_or_else(|status| status)
}

/// Makes the journal beside its place first: a journal that is not whole is never there.
fn import_journal(arguments: &Lines, output: &Output) -> Result<u8, u8> {
    let refuse = |sentence: String| output.refuse(&sentence, &sentence);
    let path = arguments.place.path(output)?;
    if path.exists() {
        return Err(refuse(linkage_report::line_fault(&LineFault::NotEmpty, output.language)));
    }
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".new");
    let beside = path.with_file_name(name);
    let clean = || {
        for end in ["", "-wal", "-shm"] {
            let mut name = beside.clone().into_os_string();
            name.push(end);
            drop(std::fs::remove_file(name));
        }
    };
    clean();
    let read = || -> Result<u64, LineFault> {
        let mut lines: Box<dyn BufRead> = if arguments.file.as_os_str() == "-" {
            Box::new(std::io::stdin().lock())
        } else {
            Box::new(std::io::BufReader::new(std::fs::File::open(&arguments.file)?))
        };
        let mut store = Sqlite::open_or_make(&beside)?;
        let count = import_lines(&mut store, &mut lines)?;
        store.settle()?;
        drop(store);
        std::fs::rename(&beside, &path)?;
        Ok(count)
    };
    match read() {
        Ok(count) => {
            let path = path.display();
            output.print(
                &output
                    .language
                    .pick(format!("{path}: {count} records\n"), format!("{path}：{count}条记录\n")),
            );
            Ok(0)
        }
        Err(fault) => {
            clean();
            let (file, sentence) =
                (arguments.file.display(), linkage_report::line_fault(&fault, output.language));
            Err(output.refuse(&format!("{file}: {sentence}"), &format!("{file}：{sentence}")))
        }
    }
}

fn import_powers(arguments: &Powers, output: &Output) -> Result<u8, u8> {
    let language = output.language;
    let refuse = |sentence: String| output.refuse(&sentence, &sentence);
    let at = |sentence: String| {
        refuse(format!("{}{}{sentence}", arguments.file.display(), language.pick(": ", "：")))
    };
    let bytes = read_bytes(&arguments.file).map_err(|error| output.unreadable(&error))?;
    let table = read(&bytes, arguments.sheet.as_deref())
        .map_err(|fault| at(linkage_report::table_fault(&fault, language)))?;
    let mapping = Mapping::new(&arguments.map, &table)
        .map_err(|fault| at(linkage_report::mapping_fault(&fault, language)))?;
    let ranks = ranks(arguments, output)?;
    let heirs = heirs(arguments, output)?;
    let options = Options { split: arguments.split, slots: arguments.slot.clone(), ranks, heirs };
    let draft = powers(&table, &mapping, &options);
    output.print(&linkage_report::import_text(&draft, language));
    if let Some(path) = &arguments.report {
        output.write(path, &linkage_report::import_csv(&draft, language))?;
    }
    if draft.read == 0 {
        return Err(at(language
            .pick("no row could be read; nothing was written", "没有可读取的行，未写入任何文件")
            .into()));
    }
    let name = arguments.output.file_name().map_or_else(|| "powers".into(), |name| name.to_string_lossy());
    let files = files(&draft, &name).map_err(|error| refuse(format!("{error:?}")))?;
    if let Some((file, _)) = files.iter().find(|(file, _)| arguments.output.join(file).exists())
        && !arguments.replace
    {
        let path = arguments.output.join(file);
        return Err(output.refuse(
            &format!("{} is there already; `--replace` replaces the files of an import", path.display()),
            &format!("{}已存在；用--replace替换以前导入的文件", path.display()),
        ));
    }
    output.folder(&arguments.output)?;
    for (file, text) in &files {
        output.write(&arguments.output.join(file), text)?;
    }
    Ok(0)
}

/// `OLD=NEW@DATE`.
fn heirs(arguments: &Powers, output: &Output) -> Result<Vec<Heir>, u8> {
    let one = |text: &String| {
        let (old, rest) = text.split_once('=')?;
        let (new, since) = rest.rsplit_once('@')?;
        Some(Heir { old: old.into(), new: new.into(), since: since.parse().ok()? })
    };
    let told = |text: &String| {
        one(text).ok_or_else(|| {
            output.refuse(
                &format!("`{text}` is not OLD=NEW@DATE with a date such as 2018-04-10"),
                &format!("“{text}”不是“旧名=新名@日期”，日期如2018-04-10"),
            )
        })
    };
    arguments.heir.iter().map(told).collect()
}

/// `ENDING=RANK` pairs; a rank is a keyword of the language.
fn ranks(arguments: &Powers, output: &Output) -> Result<Vec<(String, String)>, u8> {
    let pair = |text: &String| {
        let (ending, rank) = text.split_once('=')?;
        let known = rank.is_empty() || linkage_model::Rank::of_name(rank).is_some();
        known.then(|| (ending.to_owned(), rank.to_owned()))
    };
    let known = || linkage_model::Rank::names().join(", ");
    arguments
        .rank
        .iter()
        .map(|text| {
            pair(text).ok_or_else(|| {
                output.refuse(
                    &format!("`{text}` is not ENDING=RANK; ranks are {}", known()),
                    &format!("“{text}”不是“结尾=位阶”；位阶有{}", known()),
                )
            })
        })
        .collect()
}
