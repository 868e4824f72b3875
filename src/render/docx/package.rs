//! The parts of the package of a document for Word.

use std::fmt::Write as _;

use super::paragraph::{escaped, paragraph, run};
use crate::document::Document;
use crate::render::long_date;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// Every part, by its name, around the text of the body and its numbered lists.
pub(super) fn parts(document: &Document, body: &str, lists: usize) -> [(&'static str, String); 9] {
    [
        ("[Content_Types].xml", content_types()),
        ("_rels/.rels", package_relations()),
        ("docProps/core.xml", core(document)),
        ("word/document.xml", main_part(body)),
        ("word/_rels/document.xml.rels", relations()),
        ("word/styles.xml", format!("{HEAD}{}", include_str!("styles.xml"))),
        ("word/numbering.xml", numbering(lists)),
        ("word/settings.xml", settings()),
        ("word/footer1.xml", footer(document)),
    ]
}

fn main_part(body: &str) -> String {
    format!(
        r#"{HEAD}<w:document xmlns:w="{WORD}" xmlns:r="{RELATIONS}"><w:body>{body}<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1020" w:right="1134" w:bottom="1020" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>"#
    )
}

fn footer(document: &Document) -> String {
    let field = |name: &str| {
        format!(
            r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#
        )
    };
    let made = format!("Made on {} from the phase leader's own records. Page ", long_date(document.made_on));
    let runs = format!("{}{}{}{}", run(&made, ""), field("PAGE"), run(" of ", ""), field("NUMPAGES"));
    format!(r#"{HEAD}<w:ftr xmlns:w="{WORD}">{}</w:ftr>"#, paragraph("Footer", "", &runs))
}

fn core(document: &Document) -> String {
    let day = document.made_on.format("%Y-%m-%dT00:00:00Z");
    format!(
        r#"{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{}</dc:title><dc:language>en-GB</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>"#,
        escaped(&document.title)
    )
}

/// A list of bullets, and as many numbered lists as there are.
fn numbering(lists: usize) -> String {
    let level = |kind: &str, sign: &str| {
        format!(
            r#"<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="397" w:hanging="397"/></w:pPr></w:lvl>"#
        )
    };
    let mut text = format!(
        r#"{HEAD}<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>{}</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="singleLevel"/>{}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#,
        level("bullet", "•"),
        level("decimal", "%1.")
    );
    for number in 0..lists {
        _ = write!(
            text,
            r#"<w:num w:numId="{}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>"#,
            number + 2
        );
    }
    text.push_str("</w:numbering>");
    text
}

fn settings() -> String {
    format!(
        r#"{HEAD}<w:settings xmlns:w="{WORD}"><w:defaultTabStop w:val="720"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-GB"/></w:settings>"#
    )
}

fn content_types() -> String {
    let office = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let part = |name: &str, kind: &str| format!(r#"<Override PartName="{name}" ContentType="{kind}"/>"#);
    let mut text = format!(
        r#"{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>"#
    );
    text.push_str(&part("/word/document.xml", &format!("{office}.document.main+xml")));
    for name in ["styles", "numbering", "settings"] {
        text.push_str(&part(&format!("/word/{name}.xml"), &format!("{office}.{name}+xml")));
    }
    text.push_str(&part("/word/footer1.xml", &format!("{office}.footer+xml")));
    text.push_str(&part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"));
    text.push_str("</Types>");
    text
}

fn package_relations() -> String {
    format!(
        r#"{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#
    )
}

fn relations() -> String {
    let mut text = format!(r#"{HEAD}<Relationships xmlns="{PACKAGE}/relationships">"#);
    for (index, (kind, target)) in [
        ("styles", "styles.xml"),
        ("numbering", "numbering.xml"),
        ("settings", "settings.xml"),
        ("footer", "footer1.xml"),
    ]
    .iter()
    .enumerate()
    {
        _ = write!(
            text,
            r#"<Relationship Id="rId{}" Type="{RELATIONS}/{kind}" Target="{target}"/>"#,
            index + 1
        );
    }
    text.push_str("</Relationships>");
    text
}
