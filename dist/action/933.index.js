export const id = 933;
export const ids = [933];
export const modules = {

/***/ 94933:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gq: () => (/* binding */ compileTemplate),
/* harmony export */   MS: () => (/* binding */ templateProblem),
/* harmony export */   VQ: () => (/* binding */ templateNames),
/* harmony export */   b6: () => (/* binding */ textOf)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _registry_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(70244);


/**
 * Compiles a JSON value whose strings may hold `{{name}}` or `{{name.path.0}}`. A string that is one placeholder
 * and nothing else becomes the value itself, whatever its type; inside longer text, text is put in as it is and
 * anything else as JSON text. Keys are not templates. Values are data: a `{{…}}` inside a value is not expanded again.
 */
function compileTemplate(template) {
    if (typeof template === 'string')
        return compileText(template);
    if (Array.isArray(template)) {
        const items = template.map((item) => compileTemplate(item));
        return (scope) => items.map((item) => item(scope));
    }
    if (template !== null && typeof template === 'object') {
        const entries = Object.entries(template).map(([key, value]) => [key, compileTemplate(value)]);
        return (scope) => Object.fromEntries(entries.map(([key, value]) => [key, value(scope)]));
    }
    return () => template;
}
/** The names that a template uses, such as `row.question`, in order of appearance. */
function templateNames(template) {
    if (typeof template === 'string')
        return [...template.matchAll(placeholder)].map((match) => match[1] ?? '');
    if (template !== null && typeof template === 'object')
        return Object.values(template).flatMap((item) => templateNames(item));
    return [];
}
/** A value as it stands inside longer text. */
function textOf(value) {
    return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}
/** A name starts with a letter, a digit, `_` or `$` and may hold spaces, as the columns of a spreadsheet do. */
const placeholder = /\{\{\s*([\p{L}\p{N}_$](?:[^{}\r\n]*[^{}\s])?)\s*\}\}/gu;
function compileText(text) {
    const parts = [];
    let end = 0;
    for (const match of text.matchAll(placeholder)) {
        if (match.index > end)
            parts.push(text.slice(end, match.index));
        parts.push({ name: match[1] ?? '' });
        end = match.index + match[0].length;
    }
    if (end < text.length)
        parts.push(text.slice(end));
    const [only] = parts;
    if (only === undefined)
        return () => '';
    if (parts.length === 1)
        return typeof only === 'string' ? () => only : (scope) => lookUp(scope, only.name);
    return (scope) => parts.map((part) => (typeof part === 'string' ? part : textOf(lookUp(scope, part.name)))).join('');
}
/**
 * Own properties only, so that `constructor` and `__proto__` are ordinary missing names. A key that holds dots, such as
 * a column `a.b`, wins over the path of the same text.
 */
function lookUp(scope, name) {
    let value = scope;
    let rest = name;
    for (;;) {
        const fields = value !== null && typeof value === 'object' ? value : undefined;
        if (fields && Object.hasOwn(fields, rest))
            return fields[rest];
        const dot = rest.indexOf('.');
        const key = dot === -1 ? rest : rest.slice(0, dot);
        if (dot === -1 || !fields || !Object.hasOwn(fields, key))
            throw unknownName(name, { key, rest, fields });
        value = fields[key];
        rest = rest.slice(dot + 1);
    }
}
function unknownName(name, at) {
    const parent = name.slice(0, name.length - at.rest.length - 1);
    const known = Object.keys(at.fields ?? {});
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ToolError */ .v4({
        code: 'template-unknown-name',
        message: `the template uses {{${name}}}, but there is no "${at.key}"${parent === '' ? '' : ` in "${parent}"`}`,
        remedy: known.length > 0 ? (0,_registry_js__WEBPACK_IMPORTED_MODULE_1__/* .unknownNameRemedy */ .Yk)(at.key, known) : 'the value above it has no fields',
    });
}
/** The reason why a template could not be filled, for a score or an error of one slot. */
function templateProblem(error) {
    return error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ToolError */ .v4 && error.remedy ? `${error.message}: ${error.remedy}` : (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error);
}


/***/ })

};
