//! Sentences for what can't be read.

use linkage_package::LoadError;
use linkage_text::Language;

/// Why something can't be read, and what to do, in words.
pub fn sentence(error: &LoadError, language: Language) -> String {
    let say = |en: String, zh: String| language.pick(en, zh);
    match error {
        LoadError::NotFound { path } => {
            let path = path.display();
            say(
                format!("{path}: there is no such file or folder; check the path"),
                format!("{path}：没有此文件或文件夹，请检查路径"),
            )
        }
        LoadError::Unreadable { path, error } => {
            let path = path.display();
            say(
                format!("{path}: can't be read ({error}); check its permissions"),
                format!("{path}：无法读取（{error}），请检查权限"),
            )
        }
        LoadError::TooLarge { path, bytes } => {
            let path = path.display();
            say(
                format!("{path}: {bytes} bytes are more than a rule file can have; divide it"),
                format!("{path}：{bytes}字节，超出规则文件上限，请拆分"),
            )
        }
        LoadError::TooMany { path, limit } => {
            let path = path.display();
            say(
                format!("{path}: more than {limit} rule files; is this the right folder?"),
                format!("{path}：规则文件超过{limit}个，文件夹是否正确？"),
            )
        }
        LoadError::NotUtf8 { path, line } => {
            let path = path.display();
            say(
                format!("{path}:{line}: not UTF-8 text; save the file as UTF-8"),
                format!("{path}:{line}：不是UTF-8文本，请以UTF-8保存"),
            )
        }
        LoadError::Empty { path } => {
            let path = path.display();
            say(
                format!("{path}: no .linkage file here; name the folder of a package"),
                format!("{path}：没有.linkage文件，请指定规则包所在文件夹"),
            )
        }
        LoadError::Manifest { path, message } => {
            let path = path.display();
            say(
                format!("{path}: {message}; a manifest has name, title, language, calendar"),
                format!("{path}：{message}；清单可有name、title、language、calendar"),
            )
        }
        LoadError::Revision { path, message } => {
            let path = path.display();
            say(
                format!("{path}: git can't give this revision ({message})"),
                format!("{path}：git无法给出此版本（{message}）"),
            )
        }
        LoadError::Level { path, key } => {
            let path = path.display();
            say(
                format!(
                    "{path}: `levels` names `{key}`, and no finding has this code, name or family; \
                     `linkage explain --list` lists them"
                ),
                format!(
                    "{path}：“levels”中的“{key}”不是任何问题的编号、名称或类别；编号见“linkage explain --list”"
                ),
            )
        }
        LoadError::Language { path, language: version } => {
            let path = path.display();
            say(
                format!(
                    "{path}: written in language {version}, and this program knows language 1; use a later program"
                ),
                format!("{path}：使用语言版本{version}，本程序只支持版本1，请升级程序"),
            )
        }
        LoadError::Calendar { path, faults } => {
            let path = path.display();
            let lines: Vec<String> =
                faults.iter().map(|fault| format!("{path}: {}", fault.sentence(language))).collect();
            lines.join("\n")
        }
        LoadError::Used { file, line, error } => {
            let inner = sentence(error, language);
            say(
                format!("{file}:{line}: this `use` can't be followed: {inner}"),
                format!("{file}:{line}：无法引用：{inner}"),
            )
        }
    }
}
