//! Lists that offices keep: what is read of them, what is not and why, and what the rules then say.

use std::fmt::Write;

use linkage::import::{Heir, Mapping, MappingFault, Options, TableFault, files, powers, read};
use linkage::report::{import_csv, import_text, mapping_fault, table_fault};
use linkage::text::Language;
use linkage::workspace::{analyse, rule_files};

fn pairs(map: &[&str]) -> Vec<String> {
    map.iter().map(|pair| (*pair).to_owned()).collect()
}

const LIST: &str = "实施主体,职权,设定依据,条,情形,施行日期,失效日期
水务站,责令改正|罚款,河道管理条例,44,倾倒垃圾,2018-03-19,
派出所,警告|罚款,治安管理处罚法,第七十五条第一款,,2026-01-01,
有关部门,罚款,河道管理条例,45,,,
工商行政管理部门,吊销,公司登记办法,46,,2016-02-06,
,罚款,河道管理条例,46,,,
水务站,,河道管理条例,46,,,
水务站,罚款,河道管理条例,四十四,,,
水务站,罚款,河道管理条例,47,,去年,
水务站,罚款,河道管理条例,44,倾倒垃圾,2018-03-19,
水务站,责令停止,河道管理条例,44,倾倒垃圾,2018-03-19,
水务站,罚款,河道管理条例,48,,2020-01-01,
水务站,罚款,河道管理条例
\"小\"\"作坊\"\" 办公室\",查封,河道管理条例,49-1,\"有逗号,的\",,
";
const MAP: [&str; 7] = [
    "body=实施主体",
    "power=职权",
    "law=设定依据",
    "article=条",
    "matter=情形",
    "from=施行日期",
    "until=失效日期",
];

fn options() -> Options {
    Options {
        split: Some('|'),
        slots: vec!["有关部门".into()],
        // Names of statutes and of measures end alike: the longer ending stands first, and gives none.
        ranks: vec![("办法".into(), String::new()), ("法".into(), "statute".into())],
        heirs: vec![Heir {
            old: "工商行政管理部门".into(),
            new: "市场监督管理部门".into(),
            since: jiff::civil::date(2018, 4, 10),
        }],
    }
}

/// One snapshot: the list, what could not be read of it, and the rules made of it.
#[test]
fn every_row_becomes_a_rule_or_is_told() {
    let table = read(LIST.as_bytes(), None).expect("a table");
    let mapping = Mapping::new(&pairs(&MAP), &table).expect("a mapping");
    let draft = powers(&table, &mapping, &options());
    let mut told = format!("{LIST}\n");
    for language in [Language::En, Language::Zh] {
        let _ = writeln!(told, "{}", import_text(&draft, language));
    }
    let _ = writeln!(told, "{}", import_csv(&draft, Language::En));
    for (name, text) in files(&draft, "list").expect("rules that can be read") {
        let _ = writeln!(told, "── {name}\n{text}");
    }
    insta::assert_snapshot!(told);
}

/// Old machines write GB 18030, others a mark before UTF-8, semicolons or tabs: the rows are the same.
#[test]
fn the_same_list_however_it_is_written() {
    let wanted = read(LIST.as_bytes(), None).expect("a table");
    let (bytes, _, broken) = encoding_rs::GB18030.encode(LIST);
    assert!(!broken);
    assert_eq!(read(&bytes, None), Ok(wanted.clone()));
    assert_eq!(read(format!("\u{feff}{LIST}").as_bytes(), None), Ok(wanted));
    let plain = "body,power,law\nb,p,l\n";
    for mark in [";", "\t"] {
        assert_eq!(read(plain.replace(',', mark).as_bytes(), None), read(plain.as_bytes(), None));
    }
}

#[test]
fn workbooks_are_read_by_sheet() {
    let bytes =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/import/list.xlsx")).expect("a file");
    let table = read(&bytes, Some("清单")).expect("a sheet");
    assert_eq!(table.columns, ["实施主体", "职权", "设定依据", "条", "施行日期"]);
    assert_eq!(table.rows[0].cells, ["水务站", "责令改正", "河道管理条例", "44", "2018-03-19"]);
    assert_eq!(table.rows[2].line, 4);
    let mapping =
        Mapping::new(&pairs(&["body=实施主体", "power=职权", "law=设定依据"]), &table).expect("a mapping");
    let draft = powers(&table, &mapping, &Options::default());
    assert_eq!((draft.read, draft.unread.len()), (2, 1));
    let fault = read(&bytes, Some("清淡")).expect_err("no such sheet");
    insta::assert_snapshot!(table_fault(&fault, Language::En), @"the workbook has no sheet `清淡`; it has 封面, 清单");
    assert!(matches!(read(&bytes[..bytes.len() / 2], None), Err(TableFault::Workbook(_))));
}

#[test]
fn what_is_no_table_is_told() {
    assert_eq!(read(b"", None), Err(TableFault::Empty));
    assert_eq!(read(b"\n ,\n", None), Err(TableFault::Empty));
    assert_eq!(read(&[0x80, 0xff, 0x00, 0x80], None), Err(TableFault::Encoding));
    let table = read(LIST.as_bytes(), None).expect("a table");
    let fault = |map: &[&str]| -> MappingFault { Mapping::new(&pairs(map), &table).expect_err("a fault") };
    let mut told = String::new();
    for map in [
        &["body"][..],
        &["boddy=实施主体"],
        &["body=实施单位"],
        &["body=实施主题"],
        &["body=实施主体", "power=职权"],
    ] {
        for language in [Language::En, Language::Zh] {
            let _ = writeln!(told, "{}", mapping_fault(&fault(map), language));
        }
    }
    insta::assert_snapshot!(told);
}

/// Real rows: 3,740 powers to punish, taken from Chinese statutes by machine.
#[test]
fn a_real_list_is_imported_and_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    let package = folder.path().join("sanctions");
    let out = assert_cmd::Command::cargo_bin("linkage")
        .expect("the program is built")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["--lang", "en", "import", "powers", "examples/lists/sanctions.csv", "--split", "|"])
        .args(["--map", "law=设定依据,article=条,matter=情形,body=实施主体,power=职权,from=施行日期"])
        .args(["--slot", "有关主管部门,有关部门,主管部门,其他有关部门,有关机关"])
        .args(["--rank", "办法=,法=statute,法典=statute"])
        .args(["--heir", "工商行政管理部门=市场监督管理部门@2018-04-10"])
        .args(["--heir", "工商行政管理机关=市场监督管理部门@2018-04-10"])
        .args(["--heir", "质量技术监督部门=市场监督管理部门@2018-04-10"])
        .args(["--heir", "公安机关消防机构=消防救援机构@2019-04-23"])
        .arg("--output")
        .arg(&package)
        .output()
        .expect("it runs");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let told = String::from_utf8(out.stdout).expect("text");
    let analysis = analyse(&package, jiff::civil::date(2026, 11, 23)).expect("a package");
    let mut summary = linkage::report::summary(&analysis, Language::En);
    summary.push_str(
        &linkage::report::messages(&analysis, Language::En).lines().take(12).collect::<Vec<_>>().join("\n"),
    );
    insta::assert_snapshot!(format!("{told}\n{summary}"));
    // What is imported is in canonical form, and is not overwritten unasked.
    for file in rule_files(&package).expect("files") {
        let text = std::fs::read_to_string(file).expect("text");
        assert_eq!(linkage::syntax::format(&text, linkage::syntax::Keywords::Kept).as_ref(), Ok(&text));
    }
}
