export const id = 469;
export const ids = [469];
export const modules = {

/***/ 79219:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T_: () => (/* binding */ datasetError),
/* harmony export */   zG: () => (/* binding */ requireObject),
/* harmony export */   zK: () => (/* binding */ readRow)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);

/** The one shape of an error about a dataset file. */
function datasetError(file, line, message, remedy) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ToolError */ .v4({ code: 'dataset-invalid', message: `${file}:${line}: ${message}`, remedy, problems: [{ file, line, message, remedy }] });
}
/** Narrows a parsed row. @throws ToolError when it is not an object. */
function requireObject(value, file, line) {
    if (value !== null && typeof value === 'object' && !Array.isArray(value))
        return value;
    const found = value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
    throw datasetError(file, line, `a row must be an object, found ${found}`, 'write one object per sample, such as {"input": "…", "expected": "…"}');
}
/** A row, or what is wrong with it, so that all bad rows of a file are told at once. */
function readRow(read, line) {
    try {
        return { row: read(), line };
    }
    catch (error) {
        if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ToolError */ .v4))
            throw error;
        return { row: {}, line, problem: error };
    }
}


/***/ }),

/***/ 42469:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  datasets: () => (/* binding */ datasets)
});

// EXTERNAL MODULE: ./lib/registry.js
var registry = __webpack_require__(70244);
// EXTERNAL MODULE: ./node_modules/csv-parse/lib/sync.js + 9 modules
var sync = __webpack_require__(25175);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
;// CONCATENATED MODULE: ./lib/datasets/dataset.js
/** Gives a definition its types; returns it as it is. */
function defineDataset(format) {
    return format;
}

// EXTERNAL MODULE: ./lib/datasets/parts/problem.js
var problem = __webpack_require__(79219);
;// CONCATENATED MODULE: ./lib/datasets/parts/text.js
/** The whole text of a source, without a byte order mark. */
async function readAll(source) {
    const parts = [];
    for await (const chunk of source)
        parts.push(chunk);
    return withoutMark(parts.join(''));
}
/** The text without a byte order mark at its start. */
function withoutMark(text) {
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
/** Complete lines with their 1-based number; `\n` and `\r\n` end a line; the last line may lack its end. Holds one line at a time. */
async function* readLines(source) {
    let rest = '';
    let line = 0;
    let isFirst = true;
    for await (const chunk of source) {
        const text = rest + (isFirst ? withoutMark(chunk) : chunk);
        isFirst = false;
        let start = 0;
        for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
            line += 1;
            yield { text: text.slice(start, text[end - 1] === '\r' ? end - 1 : end), line };
            start = end + 1;
        }
        rest = text.slice(start);
    }
    if (rest !== '')
        yield { text: rest, line: line + 1 };
}

;// CONCATENATED MODULE: ./lib/datasets/csv.js





/** RFC 4180 with a header row; comma, semicolon or tab, whichever the header uses most. Every cell is text; an empty cell is absent. */
const csv = defineDataset({
    type: 'csv',
    summary: 'a header row, then one sample a row; comma, semicolon or tab',
    extensions: ['.csv', '.tsv'],
    async *rows(source, file) {
        const text = await readAll(source);
        let countedTwice = 0;
        for (const { record, info } of parseRecords(text, file)) {
            const cells = Object.entries(record).filter(([, cell]) => cell !== '');
            // The parser counts a CRLF inside quotes as two lines, and `info.lines` is the last line of a record.
            countedTwice += matchesIn(record, /\r\n/g);
            const line = info.lines - countedTwice - matchesIn(record, /\r\n|\n|\r/g);
            if (cells.length > 0)
                yield { row: Object.fromEntries(cells), line };
        }
    },
});
function parseRecords(text, file) {
    const header = text.slice(0, text.search(/[\r\n]|$/));
    try {
        return (0,sync/* parse */.qg)(text, {
            columns: (names) => uniqueColumns(names, file),
            delimiter: mostUsed(header, [',', ';', '\t']),
            info: true,
            skip_empty_lines: true,
            trim: false,
        });
    }
    catch (error) {
        if (!(error instanceof sync/* CsvError */.J$))
            throw error;
        const line = typeof error.lines === 'number' ? error.lines : 1;
        throw (0,problem/* datasetError */.T_)(file, line, `not CSV: ${(0,errors/* messageOf */.bD)(error)}`, 'quote cells that hold the separator, quotes or line breaks; every row needs as many cells as the header');
    }
}
function uniqueColumns(names, file) {
    const trimmed = names.map((name) => name.trim());
    const twice = trimmed.find((name, index) => trimmed.indexOf(name) !== index);
    if (twice !== undefined)
        throw (0,problem/* datasetError */.T_)(file, 1, `the column "${twice}" appears twice`, 'give every column its own name');
    return trimmed;
}
function matchesIn(record, pattern) {
    return Object.values(record).reduce((sum, cell) => sum + (cell.match(pattern)?.length ?? 0), 0);
}
function mostUsed(header, separators) {
    const count = (separator) => header.split(separator).length;
    return separators.reduce((best, next) => (count(next) > count(best) ? next : best));
}

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(38815);
;// CONCATENATED MODULE: ./lib/datasets/parts/yaml-rows.js



/** JSON is YAML with the core schema, so one parser gives both formats their line numbers. */
function* yamlRows(text, file) {
    const lines = new dist/* LineCounter */.HN();
    const document = (0,dist/* parseDocument */.Tp)(text, { lineCounter: lines, schema: 'core', uniqueKeys: true, prettyErrors: false });
    const [error] = document.errors;
    if (error) {
        const { line } = lines.linePos(error.pos[0]);
        throw (0,problem/* datasetError */.T_)(file, line, error.message, 'mend the syntax at that line');
    }
    const root = document.contents;
    const list = (0,dist/* isMap */.jh)(root) ? root.get('samples', true) : root;
    if (root === null)
        return;
    if (!(0,dist/* isSeq */.oP)(list)) {
        throw (0,problem/* datasetError */.T_)(file, 1, 'no list of samples found', 'write a list of objects, or {samples: [ … ]}');
    }
    for (const item of list.items) {
        const range = item.range;
        const line = range ? lines.linePos(range[0]).line : 1;
        const read = () => item.toJS(document, { maxAliasCount: 100 });
        yield (0,problem/* readRow */.zK)(() => (0,problem/* requireObject */.zG)(resolved(read, file, line), file, line), line);
    }
}
/** Aliases are resolved only now: too many of them, or one without its anchor, are errors of that row. */
function resolved(read, file, line) {
    try {
        return read();
    }
    catch (error) {
        throw (0,problem/* datasetError */.T_)(file, line, (0,errors/* messageOf */.bD)(error), 'write the values out instead of using aliases');
    }
}

;// CONCATENATED MODULE: ./lib/datasets/json.js



/** A JSON list of samples, or an object with the list under `samples`. */
const json = defineDataset({
    type: 'json',
    summary: 'a list of samples, or an object with the list under `samples`',
    extensions: ['.json'],
    async *rows(source, file) {
        yield* yamlRows(await readAll(source), file);
    },
});

;// CONCATENATED MODULE: ./lib/datasets/jsonl.js




/** One JSON object a line; blank lines are skipped. Streams. */
const jsonl = defineDataset({
    type: 'jsonl',
    summary: 'one JSON object a line; streams, so any size will do',
    extensions: ['.jsonl', '.ndjson'],
    async *rows(source, file) {
        for await (const { text, line } of readLines(source)) {
            if (text.trim() === '')
                continue;
            yield (0,problem/* readRow */.zK)(() => (0,problem/* requireObject */.zG)(parseLine(text, file, line), file, line), line);
        }
    },
});
function parseLine(text, file, line) {
    try {
        return JSON.parse(text);
    }
    catch (error) {
        throw (0,problem/* datasetError */.T_)(file, line, `not JSON: ${(0,errors/* messageOf */.bD)(error)}`, 'write one complete JSON object per line, without line breaks inside it');
    }
}

;// CONCATENATED MODULE: ./lib/datasets/yaml.js



/** A list of samples, or a mapping with the list under `samples`. */
const yaml = defineDataset({
    type: 'yaml',
    summary: 'a list of samples, or a mapping with the list under `samples`',
    extensions: ['.yaml', '.yml'],
    async *rows(source, file) {
        yield* yamlRows(await readAll(source), file);
    },
});

;// CONCATENATED MODULE: ./lib/datasets/registry.js





/** The one list of dataset formats. */
const datasets = (0,registry/* createRegistry */.Iq)('dataset', [jsonl, json, yaml, csv]);


/***/ })

};
