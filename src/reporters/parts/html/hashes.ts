/** SHA-256 of the style sheet and the script, as the page's content security policy names them. Checked by a test. */
export const styleHash = 'sha256-h4VhlOJ1/VeMIDP0n88YBc8I11L3a9dapNXsaovZOIo=';
export const scriptHash = 'sha256-bkceRAp6Ju3VX5FFekT7XlyDhwLWTJFeD9r65Zu8nKc=';
