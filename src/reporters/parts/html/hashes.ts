/** SHA-256 of the style sheet and the script, as the page's content security policy names them. Checked by a test. */
export const styleHash = 'sha256-+kYRS00X8mG3RWxFNegKRErDc/f2emGC0ZjXxG4Tb1E=';
export const scriptHash = 'sha256-GuoLLQ1QdhCX2Xd3MTOSPO14uEIAnwVP/UARMhGDCrI=';
