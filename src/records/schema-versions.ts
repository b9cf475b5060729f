/** Of `assessment.json`: raised only when an older reader would misread a newer file. Apart from the schema, which a run does not need. */
export const assessmentSchemaVersion = 1;
