// Makes a plan with docx (npm): with_docx_js.cjs PLAN OUTPUT. PLAN is a JSON file with the paragraphs; the layout is in this file.
// With a folder for OUTPUT, PLAN is a list of such plans: the program makes all of them in one process, prints the seconds for
// all but the first, and writes them into the folder.
const fs = require("fs");
const path = require("path");
const docx = require("docx");

const BODY = "仿宋_GB2312";
const FACES = ["黑体", "楷体_GB2312", BODY, BODY];
const STYLES = { title: "Title", heading1: "Heading1", heading2: "Heading2", heading3: "Heading3", heading4: "Heading4" };

function run(face, points) {
    return { font: { ascii: "Times New Roman", hAnsi: face, eastAsia: face }, size: points * 2, bold: false, italics: false, color: "000000" };
}

function paragraph(centred) {
    return {
        spacing: { before: 0, after: 0, line: 579, lineRule: docx.LineRuleType.EXACTLY },
        indent: { firstLine: centred ? 0 : 640 },
        alignment: centred ? docx.AlignmentType.CENTER : docx.AlignmentType.LEFT,
    };
}

function styles() {
    const headings = {};
    const leads = [];
    FACES.forEach((face, at) => {
        headings[`heading${at + 1}`] = { run: run(face, 16), paragraph: paragraph(false) };
        leads.push({ id: `Lead${at + 1}`, name: `Lead ${at + 1}`, run: run(face, 16) });
    });
    const title = { run: run("方正小标宋简体", 22), paragraph: paragraph(true) };
    const body = { run: run(BODY, 16), paragraph: paragraph(false) };
    return { default: { document: body, title, ...headings }, characterStyles: leads };
}

function footer(alignment) {
    const children = [new docx.TextRun({ children: ["— ", docx.PageNumber.CURRENT, " —"] })];
    return new docx.Footer({ children: [new docx.Paragraph({ alignment, children })] });
}

function make(paragraphs) {
    const children = paragraphs.map((each) => {
        const runs = each.lead ? [new docx.TextRun({ text: each.lead, style: `Lead${each.role.slice(-1)}` })] : [];
        runs.push(new docx.TextRun(each.text));
        return new docx.Paragraph({ style: STYLES[each.role], children: runs });
    });
    const margin = { top: 2098, bottom: 1984, left: 1587, right: 1474, footer: 1400 };
    const page = { size: { width: 11906, height: 16838 }, margin };
    const footers = { default: footer(docx.AlignmentType.RIGHT), even: footer(docx.AlignmentType.LEFT) };
    const sections = [{ properties: { page }, footers, children }];
    const made = new docx.Document({ evenAndOddHeaderAndFooters: true, styles: styles(), sections });
    return docx.Packer.toBuffer(made);
}

async function main(plan, output) {
    const read = JSON.parse(fs.readFileSync(plan, "utf8"));
    if (!Array.isArray(read)) {
        fs.writeFileSync(output, await make(read.paragraphs));
        return;
    }
    const made = [await make(read[0].paragraphs)];
    const start = process.hrtime.bigint();
    for (const each of read.slice(1)) made.push(await make(each.paragraphs));
    console.log(Number(process.hrtime.bigint() - start) / 1e9);
    made.forEach((data, at) => fs.writeFileSync(path.join(output, `${String(at).padStart(5, "0")}.docx`), data));
}

main(...process.argv.slice(2));
