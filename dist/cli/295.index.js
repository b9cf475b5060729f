export const id = 295;
export const ids = [295];
export const modules = {

/***/ 295:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   validate: () => (/* binding */ validate)
/* harmony export */ });
/* harmony import */ var _pipeline_open_suite_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4122);
/* harmony import */ var _suites_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2655);


/** Check config, samples, checkers and agent options; nothing is asked. */
async function validate(given, host) {
    const suites = await (0,_suites_js__WEBPACK_IMPORTED_MODULE_1__/* .suitesOf */ .f3)(given, host);
    return (0,_suites_js__WEBPACK_IMPORTED_MODULE_1__/* .eachSuite */ .Mf)(suites, host, async (config) => {
        const suite = await (0,_pipeline_open_suite_js__WEBPACK_IMPORTED_MODULE_0__/* .openSuite */ .H)(config);
        try {
            const agent = await suite.openAgent(() => { });
            await agent.close();
            for await (const sample of suite.samples.stream())
                suite.checkersOf(sample);
            for (const warning of [...config.warnings, ...suite.samples.warnings])
                host.stderr.write(`warning: ${warning}\n`);
            const { count, total } = suite.samples;
            host.stdout.write(`${config.suite}: valid. ${count === total ? `${count} sample${count === 1 ? '' : 's'}` : `${count} of ${total} samples`}, ${config.checkers.length} checker${config.checkers.length === 1 ? '' : 's'}, agent ${config.agent.type}\n`);
            return 0;
        }
        finally {
            await suite.close();
        }
    });
}


/***/ })

};
