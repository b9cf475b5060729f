/** SHA-256 of the style sheet and the script, as the page's content security policy names them. Checked by a test. */
export const styleHash = 'sha256-tSK2PPtx9yNkeMoD36X0WXWBI/dsbVa3jW6k9K4t51I=';
export const scriptHash = 'sha256-SkSitbaOrgAXKNDRFGeny8BHbdPSg11eI9VsQUNI9wk=';
