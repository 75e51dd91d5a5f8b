//! Writes large rule packages that look as if people wrote them: bodies, laws, mandates, procedures.
//!
//! The text depends on the sizes alone: two runs write the same.

use std::fmt::Write;

/// How large a package is to be.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    /// Top-level matters, each with eight leaves.
    pub matters: usize,
    /// Villages, each with four grid cells.
    pub villages: usize,
    /// Bodies.
    pub bodies: usize,
    /// Mandates.
    pub mandates: usize,
    /// Procedures of six steps.
    pub procedures: usize,
    /// Whether keywords and titles are Chinese.
    pub chinese: bool,
}

impl Sizes {
    /// A package of about so many bytes.
    pub fn of_bytes(bytes: usize, chinese: bool) -> Self {
        let unit = bytes / 980;
        Self {
            matters: 120,
            villages: 60,
            bodies: unit / 8 + 20,
            mandates: unit * 2,
            procedures: unit / 2,
            chinese,
        }
    }
}

/// Words in one of the two languages.
struct Words(bool);

impl Words {
    fn pick(&self, en: &'static str, zh: &'static str) -> &'static str {
        if self.0 { zh } else { en }
    }
}

/// The text of a package in one file.
pub fn package(sizes: Sizes) -> String {
    let words = Words(sizes.chinese);
    let w = |en, zh| words.pick(en, zh);
    let mut out = String::new();
    let (area, matter, attribute) = (w("area", "区域"), w("matter", "事项"), w("attribute", "属性"));
    let _ = writeln!(out, "{area} town \"全镇\" {{");
    for village in 0..sizes.villages {
        let _ = writeln!(out, "  village_{village} \"第{village}村\" {{");
        for grid in 0..4 {
            let _ = writeln!(out, "    grid_{village}_{grid} \"网格{grid}\"");
        }
        let _ = writeln!(out, "  }}");
    }
    let _ = writeln!(out, "}}\n\n{matter} all_matters \"全部事项\" {{");
    for top in 0..sizes.matters {
        let _ = writeln!(out, "  matter_{top} \"事项{top}\" {{");
        for leaf in 0..8 {
            let _ = writeln!(out, "    leaf_{top}_{leaf} \"细目{leaf}\"");
        }
        let _ = writeln!(out, "  }}");
    }
    let _ = writeln!(
        out,
        "}}\n\n{attribute} severity \"严重程度\" : 1..5\n{attribute} people \"人数\" : 0..999\n"
    );
    laws_and_bodies(&mut out, sizes, &words);
    for mandate in 0..sizes.mandates {
        let top = mandate % sizes.matters;
        let leaf = mandate / sizes.matters % 8;
        let village = mandate / sizes.matters / 8 % sizes.villages.max(1);
        let body = mandate * 7 % sizes.bodies;
        let _ = writeln!(out, "// 第{mandate}项职责：按事项和区域划分。");
        let _ = writeln!(out, "{} mandate_{mandate} \"职责{mandate}\" {{", w("mandate", "职责"));
        let _ = writeln!(out, "  {} body_{body}", w("lead", "牵头"));
        let _ = writeln!(
            out,
            "  {} body_{}, body_{}",
            w("support", "配合"),
            (body + 1) % sizes.bodies,
            (body + 2) % sizes.bodies
        );
        let _ = writeln!(out, "  {} leaf_{top}_{leaf}", w("over", "事项"));
        let _ = writeln!(out, "  {} village_{village}", w("in", "区域"));
        let _ = writeln!(
            out,
            "  {} severity <= {} {} people < 500",
            w("when", "当"),
            mandate % 4 + 1,
            w("and", "且")
        );
        let _ = writeln!(out, "  {} law_{} {}", w("basis", "依据"), mandate % 40, w("art 3", "第三条"));
        let _ = writeln!(out, "}}\n");
    }
    for procedure in 0..sizes.procedures {
        procedure_text(&mut out, procedure, sizes, &words);
    }
    let _ = writeln!(
        out,
        "{} \"全镇\" {{\n  {} all_matters\n  {} body_0\n}}",
        w("scope", "范围"),
        w("over", "事项"),
        w("fallback", "兜底")
    );
    out
}

fn laws_and_bodies(out: &mut String, sizes: Sizes, words: &Words) {
    let w = |en, zh| words.pick(en, zh);
    for law in 0..40 {
        let _ = writeln!(out, "{} law_{law} \"第{law}号法\" {{", w("law", "依据"));
        let _ = writeln!(out, "  {} {}", w("rank", "位阶"), w("statute", "法律"));
        let _ = writeln!(out, "  {} \"全国人大常委会\"", w("issuer", "制定机关"));
        let _ = writeln!(out, "  {} 20{:02}-01-01", w("from", "施行"), law % 26);
        for article in 1..6 {
            let _ = writeln!(
                out,
                "  {} \"条文内容\"",
                if words.0 { format!("第{article}条") } else { format!("article {article}") }
            );
        }
        let _ = writeln!(out, "}}\n");
    }
    for body in 0..sizes.bodies {
        let _ = writeln!(out, "{} body_{body} \"主体{body}\" {{", w("body", "主体"));
        let _ = writeln!(out, "  {} {}", w("kind", "类别"), w("department", "部门"));
        if body > 0 {
            let _ = writeln!(out, "  {} body_{}", w("under", "隶属"), body / 4);
        }
        let _ = writeln!(out, "  {} town\n}}\n", w("serves", "辖区"));
    }
}

fn procedure_text(out: &mut String, procedure: usize, sizes: Sizes, words: &Words) {
    let w = |en, zh| words.pick(en, zh);
    let _ = writeln!(out, "{} procedure_{procedure} \"程序{procedure}\" {{", w("procedure", "程序"));
    let _ = writeln!(
        out,
        "  {} {} {} matter_{}",
        w("trigger", "触发"),
        w("report", "报告"),
        w("of", "之"),
        procedure % sizes.matters
    );
    let _ = writeln!(out, "  {} {} {}", w("lead", "牵头"), w("by", "由"), w("mandate", "职责"));
    let _ = writeln!(out, "  {} {}", w("within", "时限"), w("10 workdays", "10个工作日"));
    for step in 0..6 {
        let _ = writeln!(out, "  {} step_{step} \"步骤{step}\" {{", w("step", "步骤"));
        let _ = writeln!(out, "    {} {}", w("by", "承办"), w("lead", "牵头"));
        let _ = writeln!(out, "    {} {}", w("within", "时限"), w("2 workdays", "2个工作日"));
        let next = if step == 5 { w("close", "办结").to_owned() } else { format!("step_{}", step + 1) };
        let _ = writeln!(out, "    {} done \"完成\" -> {next}", w("outcome", "结果"));
        let _ = writeln!(out, "    {} returned \"退回\" -> step_{}", w("outcome", "结果"), step / 2);
        let _ = writeln!(out, "  }}");
    }
    let _ = writeln!(out, "  {} {{", w("escalate", "升级"));
    let _ = writeln!(out, "    {} {} {} body_0", w("on", "遇"), w("timeout", "超时"), w("to", "至"));
    let _ = writeln!(out, "    {} {} {} body_0", w("on", "遇"), w("refusal", "拒绝"), w("to", "至"));
    let _ = writeln!(out, "  }}\n}}\n");
}
