/** SHA-256 of the style sheet and the script, as the page's content security policy names them. Checked by a test. */
export const styleHash = 'sha256-7fYkVSkMCG7lE72rzZLALrLsOEv2g3WTbcfs/6vs6u8=';
export const scriptHash = 'sha256-9IxaaeI1HdHKk0Wm4zO2TStkxRCbjgYerarf9d5Gomo=';
