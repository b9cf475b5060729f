export const id=726;export const ids=[726];export const modules={4357:((e,t,n)=>{n.d(t,{G:()=>representativePair});var r=n(7374),i=n(5609);function representativePair(e){let t=failShare(e.current)>=failShare(e.baseline),n=preferred(e.current,!t),r=preferred(e.baseline,t),i=mostCommon(r),a=mostCommon(n);return{before:r,now:n,...i?{baseline:i}:{},...a?{current:a}:{}}}function failShare(e){return e.length===0?0:e.filter(e=>e.outcome!==`pass`).length/e.length}function preferred(e,t){let n=e.filter(e=>e.trajectory),r=n.filter(e=>e.outcome===`pass`===t);return r.length>0?r:n.length>0?n:e}function mostCommon(e){let t=new Map;for(let n of e){let e=behaviourKey(n),r=t.get(e);r?r.size+=1:t.set(e,{slot:n,size:1})}let n;for(let e of t.values())(!n||e.size>n.size)&&(n=e);return n?.slot}function behaviourKey(e){if(!e.trajectory)return(0,r.dj)(e.error);let t=(0,i.Ve)(e.trajectory).map(e=>[e.name,e.args]);return`${(0,r.dj)(t)} ${(0,i.jH)(e.trajectory)}`}}),6988:((e,t,n)=>{n.d(t,{Fo:()=>padColumns,PL:()=>columnsOf,cd:()=>wrapColumns,qZ:()=>clipColumns});let r=/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uff01-\uff60\uffe0-\uffe6\u3000-\u303f]/u,i=/[\p{Mn}\p{Me}]/u;function columnsOf(e){let t=0;for(let n of e)t+=n<``?1:i.test(n)?0:r.test(n)?2:1;return t}function clipColumns(e,t){if(columnsOf(e)<=t)return e;let n=``,r=1;for(let i of e){if(r+=columnsOf(i),r>t)break;n+=i}return t<1?``:`${n}\u2026`}function padColumns(e,t){return e+` `.repeat(Math.max(0,t-columnsOf(e)))}let a=/(?<!\u2026) (?!(?:%|pp|ms|s|min|h|\u2026)(?:[\s,.;)]|$))/;function wrapColumns(e,t){let n=[],r=``;for(let i of e.split(a).flatMap(e=>pieces(e,t)))r===``?r=i:columnsOf(r)+1+columnsOf(i)<=t?r+=` ${i}`:(n.push(r),r=i);return r===``?n:[...n,r]}function pieces(e,t){if(columnsOf(e)<=t)return[e];let n=[``],r=0;for(let i of e){let e=columnsOf(i);r+e>t&&r>0&&(n.push(``),r=0),n[n.length-1]+=i,r+=e}return n}}),4568:((e,t,n)=>{n.d(t,{D9:()=>markdownCode,Pl:()=>safeUrl,iQ:()=>markdownLink,jV:()=>markdownPhrase,p0:()=>markdownFence,p7:()=>markdownText});var r=n(2916),i=n(1514);function markdownCode(e){let t=(breakMarkers((0,r.S5)(e))||`(empty)`).replace(/\\+(?=\|)/g,e=>`\u2216`.repeat(e.length)).replace(/\|/g,`\\|`),n="`".repeat(longestRun(t)+1),i=t.startsWith("`")||t.endsWith("`")?` `:``;return n+i+t+i+n}function markdownFence(e,t=``){let n=breakMarkers((0,r.Wn)(e)),i="`".repeat(Math.max(3,longestRun(n)+1));return[i+t,...n.split(`
`),i]}function markdownText(e){return breakLinks(breakMarkers((0,r.S5)(e))).replace(/[\\`*_[\]~]|\$(?!\d)/g,`\\$&`).replace(/[&<>|]/g,e=>`&#${e.charCodeAt(0)};`).replace(/^(?:[-=#:]|\+(?=\s|$)|\d+(?=[.)](?:\s|$)))/,e=>/^\d/.test(e)?`${e}\\`:`\\${e}`)}function markdownPhrase(e){return(0,i.L1)(e).map(e=>e.kind===`code`?markdownCode(e.text):spaced(e.text)).join(``)}function markdownLink(e,t){let n=t===void 0?void 0:safeUrl(t);return n===void 0?e:`[${e}](${n})`}function safeUrl(e){if(/^https?:\/\/[A-Za-z0-9.[\]:-]+(?:[/?#]|$)/.test(e))return(0,r.Wn)(e).replace(/[^A-Za-z0-9\-._~:/?#@!$&+,;=%]/gu,e=>encodeURIComponent(e).replace(/[()'*]/g,percentEncode))}function spaced(e){let t=markdownText(e);return t===``?e===``?``:` `:(/^\s/.test(e)?` `:``)+t+(/\s$/.test(e)?` `:``)}function breakMarkers(e){return e.replace(/<!-/g,`<! -`)}function breakLinks(e){return e.replace(/@(?=[\p{L}\p{N}_-])/gu,`@\u200b`).replace(/#(?=\d)/g,`#\u200b`).replace(/\b(gh)-(?=\d)/gi,`$1-\u200b`).replace(/:(?=\/\/)/g,`:\u200b`).replace(/\b(www)\.(?=\S)/gi,`$1\u200b.`).replace(/\b(mailto|xmpp):(?=\S)/gi,`$1:\u200b`).replace(/\b(?=[0-9a-f]*\d)([0-9a-f])(?=[0-9a-f]{6,39}\b)/gi,`$1\u200b`)}function longestRun(e){let t=0;for(let n of e.matchAll(/`+/g))t=Math.max(t,n[0].length);return t}function percentEncode(e){return`%${e.charCodeAt(0).toString(16).toUpperCase()}`}}),2916:((e,t,n)=>{n.d(t,{$Q:()=>clip,Fy:()=>escapeWorkflowCommands,GR:()=>escapeCsv,Nd:()=>escapeScriptJson,S5:()=>toLine,Wn:()=>toDisplay,X:()=>escapeXml,ZD:()=>escapeHtml,en:()=>escapeTerminal});let r=/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}]/gu,i=new Set([`
`,`	`,`\ufe0e`,`\ufe0f`]);function toDisplay(e){return e.replace(/\r\n/g,`
`).replace(r,e=>i.has(e)?e:visibleEscape(e))}function toLine(e){return toDisplay(e).replace(/\s*\n\s*/g,` \u23ce `).replace(/\s+/g,` `).trim()}function clip(e,t){if(e.length<=t)return e;let n=[];for(let{segment:r}of new Intl.Segmenter(`en`,{granularity:`grapheme`}).segment(e.slice(0,t*8))){if(n.length===t)return`${n.slice(0,t-1).join(``)}\u2026`;n.push(r)}return n.join(``).length===e.length?e:`${n.slice(0,t-1).join(``)}\u2026`}function escapeHtml(e){return toDisplay(e).replace(/[&<>"'`]/g,e=>`&#${e.charCodeAt(0)};`)}function escapeScriptJson(e){return e.replace(/[<>&\u2028\u2029]/g,e=>unicodeEscape(e.charCodeAt(0)))}function escapeXml(e){return toDisplay(e).replace(/[&<>"'\n\t]/g,e=>`&#${e.charCodeAt(0)};`)}function escapeCsv(e){if(/^[A-Za-z0-9]*$/.test(e))return e;let t=toDisplay(e),n=/^[\s']*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]/u.test(t)||/^[\t\r\n\0]/.test(e)?`'${t}`:t;return/[",\r\n\t;']|^\s|\s$/.test(n)?`"${n.replace(/"/g,`""`)}"`:n}function escapeTerminal(e){return toLine(e)}function escapeWorkflowCommands(e){return e.replace(/^((?:[^\S\n]|\u001b\[[0-9;]*m)*):(?=:)/gm,`$1: `).replace(/##(?=\[)/g,`## `)}function visibleEscape(e){return unicodeEscape(e.codePointAt(0)??0)}function unicodeEscape(e){let t=e.toString(16).toUpperCase().padStart(4,`0`);return e>65535?`\\u{${t}}`:`\\u${t}`}}),7460:((e,t,n)=>{n.d(t,{CG:()=>ratio,E5:()=>probability,Jb:()=>pointsInterval,KN:()=>percent,KW:()=>age,TH:()=>metric,U9:()=>count,WR:()=>points,dy:()=>utf8Bytes,fN:()=>score,hS:()=>counted,p0:()=>duration,y:()=>cost,zr:()=>ratioInterval});function percent(e){return withUnit(e*100,1,` %`)}function points(e){return Number.isFinite(e)?`${signed(e*100,1)} pp`:`n/a`}function pointsInterval(e){return e.every(Number.isFinite)?`${signed(e[0]*100,1)} \u2026 ${signed(e[1]*100,1)}`:`n/a`}function ratio(e){return Number.isFinite(e)?`\u00d7${fixed(e,2)}`:`n/a`}function ratioInterval(e){return e.every(Number.isFinite)?`${fixed(e[0],2)} \u2026 ${fixed(e[1],2)}`:`n/a`}function score(e){return withUnit(e,2,``)}function probability(e){return Number.isFinite(e)?e<.001?`< 0.001`:e>.999?`> 0.999`:fixed(e,3):`n/a`}function duration(e){if(!Number.isFinite(e))return`n/a`;if(Math.round(e)<1e3)return`${fixed(e,0)} ms`;if(Math.round(e/100)<600)return`${fixed(e/1e3,1)} s`;let t=Math.round(e/1e3);if(t<3600)return t%60==0?`${t/60} min`:`${Math.floor(t/60)} min ${t%60} s`;let n=Math.round(t/60);return n%60==0?`${n/60} h`:`${Math.floor(n/60)} h ${n%60} min`}function age(e){return Number.isFinite(e)?e<1?`${fixed(e*60,0)} min old`:e<48?`${fixed(e,0)} h old`:`${fixed(e/24,0)} days old`:`n/a`}function cost(e){return Number.isFinite(e)?e>0&&e<1e-4?`< $0.0001`:`$${grouped(fixed(e,e>0&&e<.1?4:2))}`:`n/a`}function count(e){return Number.isFinite(e)?grouped(fixed(e,0)):`n/a`}function counted(e,t,n=`${t}s`){return`${count(e)} ${e===1?t:n}`}function metric(e,t){if(e.endsWith(`Ms`))return duration(t);if(e.endsWith(`Usd`))return cost(t);if(!Number.isFinite(t))return`n/a`;let n=Math.abs(t)>=100?0:Math.abs(t)>=10?1:3;return grouped(n===0?fixed(t,0):fixed(t,n).replace(/\.?0+$/,``))}function utf8Bytes(e){let t=0;for(let n=0;n<e.length;n++){let r=e.charCodeAt(n);t+=r<128?1:r<2048||isPaired(e,n,r)?2:3}return t}function isPaired(e,t,n){return n>=55296&&n<56320?(e.charCodeAt(t+1)&64512)==56320:n>=56320&&n<57344&&(e.charCodeAt(t-1)&64512)==55296}function withUnit(e,t,n){return Number.isFinite(e)?fixed(e,t)+n:`n/a`}function signed(e,t){let n=fixed(e,t);return/^[0.]+$/.test(n)||n.startsWith(`\u2212`)?n:`+${n}`}function fixed(e,t){let n=Math.abs(e).toFixed(t);return e<0&&!/^[0.]+$/.test(n)?`\u2212${n}`:n}function grouped(e){let[t=``,n]=e.split(`.`),r=t.replace(/\B(?=(?:\d{3})+$)/g,`,`);return n===void 0?r:`${r}.${n}`}}),1514:((e,t,n)=>{n.d(t,{KT:()=>named,L1:()=>parsePhrase,TL:()=>quoted,Uy:()=>plainPhrase});function parsePhrase(e){let t=[],n=0;for(let r of e.matchAll(/`([^`]+)`|"[^"]*"/g))r.index>n&&t.push({kind:`text`,text:e.slice(n,r.index)}),t.push({kind:`code`,text:r[1]??r[0]}),n=r.index+r[0].length;return n<e.length&&t.push({kind:`text`,text:e.slice(n)}),t}function plainPhrase(e){return parsePhrase(e).map(e=>e.text).join(``)}function named(e){let t=e.replace(/`/g,`\u02cb`);return`\`${t===``?`(empty)`:t}\``}function quoted(e){let t=[...e.slice(0,4800).replace(/\s+/g,` `).trim()];return`"${(t.length>120?`${t.slice(0,119).join(``)}\u2026`:t.join(``)).replace(/["`]/g,`'`)}"`}}),8962:((e,t,n)=>{n.d(t,{RO:()=>rowsOf,lw:()=>groupSize,rg:()=>sampleGroups});var r=n(7460),i=n(1514);let a=[{class:`regressed`,title:`Regressed`,meaning:`Passed before, fails now, and chance is ruled out.`},{class:`suspect`,title:`Suspect`,meaning:`Looks worse, but chance is not ruled out.`},{class:`errored`,title:`Errored`,meaning:`Fewer than half of the planned repeats have a usable answer; not counted as failures.`},{class:`fixed`,title:`Fixed`,meaning:`Failed before, passes now, and chance is ruled out.`},{class:`flaky`,title:`Flaky`,meaning:`Sometimes passes, sometimes fails, on both sides alike.`},{class:`new`,title:`New`,meaning:`Not in the baseline.`},{class:`waived`,title:`Waived`,meaning:`A known failure that is not judged until its date.`},{class:`removed`,title:`Removed`,meaning:`In the baseline only.`},{class:`stable-fail`,title:`Failing as before`,meaning:`Fails on both sides.`},{class:`stable-pass`,title:`Passing as before`,meaning:`Passes on both sides.`}];function sampleGroups(e,t,n=o){let r=new Map(a.map(e=>[e.class,[]]));for(let t of e)r.get(t.class)?.push(t);return a.flatMap(e=>{let i=r.get(e.class)??[];return i.length===0?[]:[{...e,rows:lazyRows(inOrder(i),t,n)}]})}function groupSize(e,t){return e.reduce((e,n)=>t===void 0||n.class===t?e+n.rows.length:e,0)}function*rowsOf(e){for(let{rows:t}of e)yield*t}let o=new Map;function lazyRows(e,t,n){return{length:e.length,slice:(r,i)=>lazyRows(e.slice(r,i),t,n),*[Symbol.iterator](){for(let r of e)yield rowOf(r,t,n.get(r.id))}}}function inOrder(e){let t=idOrder(e);return e.sort((e,n)=>bySurety(e,n)||t(e.id,n.id)||(e.id<n.id?-1:1))}function idOrder(e){let t=/^(\D*)\d{1,15}$/.exec(e[0]?.id??``)?.[1];if(t!==void 0&&e.every(({id:e})=>e.startsWith(t)&&/^\d{1,15}$/.test(e.slice(t.length))))return(e,n)=>Number(e.slice(t.length))-Number(n.slice(t.length));let n=new Intl.Collator(`en`,{numeric:!0});return(e,t)=>n.compare(e,t)}function rowOf(e,t,n){let{file:r,line:i}=e,a=r!==void 0&&i!==void 0?t?.(r,i):void 0,o=e.changes&&e.changes.length>0?e.changes:e.baseline?scoreChanges(e):s;return{id:e.id,sample:e,class:e.class,isCritical:e.critical===!0,baseline:passesText(e.baseline),now:passesText(e.current),changes:n?[...o,...n]:o,...r===void 0?{}:{file:r},...i===void 0?{}:{line:i},...a===void 0?{}:{url:a}}}let s=[];function passesText(e){return e===void 0||e.repeats===0?`\u2014`:`${e.passes}/${e.repeats}`}function scoreChanges(e){return Object.entries(e.scores).map(([e,{baseline:t,current:n}])=>({checker:e,baseline:t,current:n,change:Math.abs((n??0)-(t??0))})).filter(({baseline:e,current:t,change:n})=>e!==void 0&&t!==void 0&&n>=.005).sort((e,t)=>t.change-e.change||(e.checker<t.checker?-1:1)).slice(0,3).map(({checker:e,baseline:t=0,current:n=0})=>`${(0,i.KT)(e)} ${(0,r.fN)(t)} \u2192 ${(0,r.fN)(n)}`)}function bySurety(e,t){return Number(t.critical===!0)-Number(e.critical===!0)||(e.adjusted??1)-(t.adjusted??1)||(e.p??1)-(t.p??1)}}),2726:((e,t,n)=>{n.r(t),n.d(t,{reporters:()=>P});var r=n(244),i=n(735),a=n(2916),o=n(4568),s=n(7460);function fitRows(e,t,n){let r=n(e);if((0,s.dy)(r)<=t)return r;let i,a=0,o=e-1;for(;a<=o;){let e=a+o>>1,r=n(e);(0,s.dy)(r)<=t?(i=r,a=e+1):o=e-1}return i}function fitPieces(e,t,n){let r=heldIfFits(n(e),t);if(r)return r.isWhole?r.pieces:n(e);let i,a=0,o=e-1;for(;a<=o;){let e=a+o>>1;heldIfFits(n(e),t)?(i=e,a=e+1):o=e-1}return i===void 0?void 0:n(i)}let c=1e6;function heldIfFits(e,t){let n=[],r=0;for(let i of e){if(r+=(0,s.dy)(i),r>t)return;r<=c?n.push(i):n.length=0}return{pieces:n,isWhole:r<=c}}function takeRows(e,t){let n=t;return e.flatMap(e=>{let t=e.rows.slice(0,n);return n-=t.length,t.length>0?[{...e,rows:t}]:[]})}function clipBytes(e,t){if((0,s.dy)(e)<=t)return e;let n=[],r=3;for(let i of e){if(r+=(0,s.dy)(i),r>t)break;n.push(i)}return t<3?``:`${n.join(``)}\u2026`}var l=n(4357);let u=8e3;function slotTranscript(e){return{epoch:e.epoch,outcome:e.outcome,lines:linesOf(e).map(e=>({...e,text:bounded(e.text)})),scores:e.scores.map(({checker:e,score:t})=>({checker:e,value:t.kind===`scored`?t.value.toFixed(2):`unscored`,isPass:t.kind===`scored`&&t.pass,reason:bounded(t.reason)}))}}function transcriptPair(e){let{baseline:t,current:n}=(0,l.G)(e);return{...t?{baseline:slotTranscript(t)}:{},...n?{now:slotTranscript(n)}:{}}}function valueText(e){return e===void 0?``:typeof e==`string`?e:JSON.stringify(e,null,2)}function linesOf({trajectory:e,error:t}){let n=[];for(let t of e?.turns??[]){n.push({kind:`user`,text:inputText(t.input)});for(let e of t.steps)e.kind===`message`&&n.push({kind:`message`,text:e.text,...e.author===void 0?{}:{name:e.author}}),e.kind===`error`&&n.push({kind:`error`,text:e.message}),e.kind===`toolCall`&&(n.push({kind:`tool`,name:e.name,text:e.args===void 0?``:JSON.stringify(e.args)}),e.result!==void 0&&n.push({kind:e.isError===!0?`error`:`result`,name:e.name,text:valueText(e.result)}));n.push({kind:`agent`,text:t.output})}return t&&n.push({kind:`error`,name:t.kind,text:t.message}),n}function inputText(e){return Array.isArray(e)?e.map(({role:e,content:t})=>`${e}: ${t}`).join(`
`):valueText(e)}function bounded(e){let t=e.length-u;return t>0?`${e.slice(0,u)}\u2026 (${t} more characters in the run log)`:e}function markdownTranscripts(e,t){return[...t?.rows.slice(0,5)??[]].flatMap(t=>{let n=e.evidence.get(t.id);if(!n)return[];let{baseline:r,now:i}=transcriptPair(n),s=[...sideLines(`-`,r),...sideLines(`+`,i)];if(s.length===0)return[];let c=(0,o.p0)(s.join(`
`),`diff`);return[[`<details>`,`<summary>Transcript of <code>${(0,a.ZD)((0,a.S5)(t.id))}</code> (\u2212 baseline, + now)</summary>`,``,...c,``,`</details>`].join(`
`)]})}function sideLines(e,t){if(!t)return[];let n=t.lines.flatMap(e=>(0,a.$Q)(lineText(e),600).split(`
`)),r=n.length>40?[`\u2026 ${n.length-40} more lines`]:[];return[...n.slice(0,40),...r].map(t=>`${e} ${t}`)}function lineText({kind:e,name:t,text:n}){return`${t===void 0?e:`${e} ${t}`}: ${n}`}let d={bad:`CAUTION`,warn:`WARNING`,good:`TIP`,neutral:`NOTE`},f={comment:8,summary:30},p=new Set([`regressed`,`suspect`,`errored`,`fixed`,`flaky`,`new`,`waived`,`removed`]);function markdownDocument(e,t,n=1/0){let r=fullDocument(e,t);if((0,s.dy)(r)<=n)return r;let i=mainGroup(e),a=i&&fitRows(i.rows.length,n,t=>joined([markdown_document_alert(e),cutNote(e),...sampleTable(i,t),...footer(e)])),c=joined([markdown_document_alert(e),cutNote(e)]),l=`${(0,o.p7)(e.headline)}\n`;return a??[c,joined([markdown_document_alert(e,1)]),l].find(e=>(0,s.dy)(e)<=n)??lastResort(e,n)}function fullDocument(e,t){let n=mainGroup(e),r=f[t],i=[...e.groups.filter(e=>p.has(e.class)).flatMap(e=>groupFold(e,e===n?r:0)),...e.tables.map(tableFold),...t===`summary`?markdownTranscripts(e,n):[],...decisionFold(e)];return joined([markdown_document_alert(e),...n?sampleTable(n,r):[],...i,...footer(e)])}function mainGroup(e){let find=t=>e.groups.find(e=>e.class===t);return find(`regressed`)??find(`suspect`)??find(`errored`)??find(`fixed`)}function markdown_document_alert(e,t=e.summary.length){let n=e.summary.slice(0,t).map(o.jV).join(` `);return`> [!${d[e.tone]}]\n> **${(0,o.p7)(e.headline)}** ${n}`.trimEnd()}function cutNote(e){return(0,o.iQ)(`Cut to fit; the full report has the rest.`,e.links.reportUrl??e.links.runUrl)}function sampleTable(e,t){if(t===0)return[`${(0,s.U9)(e.rows.length)} more ${e.title.toLowerCase()} samples are not shown.`];let n=e.rows.length-t,r=n>0?[`\u2026and ${(0,s.U9)(n)} more ${e.title.toLowerCase()}.`]:[];return[...e.class===`regressed`?[]:[`**${e.title}.** ${e.meaning}`],rowTable(e.rows.slice(0,t)),...r]}function rowTable(e){return table([[`sample`,`baseline`,`now`,`what changed`],...[...e].map(e=>[sampleCell(e),e.baseline,e.now,e.changes.map(o.jV).join(`; `)])],[`l`,`r`,`r`,`l`])}function sampleCell(e){return(0,o.iQ)((0,o.D9)(e.id),e.url)+(e.isCritical?` (critical)`:``)}function groupFold(e,t){let n=e.rows.slice(t);if(n.length===0)return[];let r=t>0?`more `:``,i=n.length-200,a=i>0?[`\u2026and ${(0,s.U9)(i)} more.`]:[],o=t>0?e.title.toLowerCase():e.title;return fold(`${t>0?`${(0,s.U9)(n.length)} ${r}${o}`:`${o} (${(0,s.U9)(n.length)})`}`,[e.meaning,rowTable(n.slice(0,200)),...a])}function tableFold(e){let t=e.rows.map(e=>e.cells.map(o.jV)),n=e.rows.filter(e=>e.tone===`bad`).length,r=e.columns.map((t,n)=>n===0||n===e.columns.length-1?`l`:`r`);return joinedFold(`${e.title}${n>0?` (${(0,s.U9)(n)} worse)`:``}`,[table([e.columns,...t],r)])}function decisionFold(e){let t=e.provenance.map(({label:e,value:t})=>`${e} ${(0,o.jV)(t)}`).join(` \u00b7 `),n=[...e.decision.map(e=>`- ${(0,o.jV)(e)}`)].join(`
`);return n===``&&t===``?[]:[joinedFold(`How this was decided`,[n,t])]}function footer(e){let t=[(0,o.iQ)(`full report`,e.links.reportUrl),(0,o.iQ)(`run`,e.links.runUrl)].filter(e=>e.startsWith(`[`)),n=(0,o.jV)(e.baseline).replace(/\.$/,``);return[[e.links.baselineUrl===void 0?n:baselineLinked(n,e.links.baselineUrl),e.effort.replace(/\.$/,``),...t].join(` \u00b7 `)]}function baselineLinked(e,t){return e.replace(/^Baseline/,()=>(0,o.iQ)(`Baseline`,t))}function fold(e,t){return[joinedFold(e,t)]}function joinedFold(e,t){return[`<details>`,`<summary>${e}</summary>`,``,t.filter(e=>e!==``).join(`

`),``,`</details>`].join(`
`)}function table(e,t){return(0,i.Q)(e,{align:t,alignDelimiters:!1,padding:!0})}function joined(e){return`${e.filter(e=>e!==``).join(`

`)}\n`}function lastResort(e,t){return clipBytes((0,a.S5)(e.headline).replace(/[^\p{L}\p{N} .,:()-]/gu,`-`),t)}var m=n(2493);let h=(0,m.$)({type:`comment`,summary:`the pull-request comment: one screen of markdown, the rest folded`,render:(e,{maxBytes:t})=>markdownDocument(e,`comment`,t)});var g=n(1514);function*inPieces(e){let t=[],n=0;for(let r of e)t.push(r),n+=r.length,n<16384||(yield t.join(``),t=[],n=0);n>0&&(yield t.join(``))}var _=n(8962);let v=(0,m.$)({type:`csv`,summary:`one row per sample, for spreadsheets`,fileName:`results.csv`,render(e,{maxBytes:t}){let n=(0,_.lw)(e.groups),render=t=>csv_linesOf(e,t,n-t);return[...t===void 0?render(n):fitPieces(n,t,render)??[]].join(``)},pieces:e=>inPieces(csv_linesOf(e,(0,_.lw)(e.groups),0))}),y=[`sample`,`class`,`critical`,`baselinePasses`,`baselineRepeats`,`passes`,`repeats`,`p`,`adjusted`,`changes`,`file`,`line`,`verdict`,`run`];function*csv_linesOf(e,t,n){let r=checkerNames(e),i=[...y,...r.flatMap(e=>[`${e} baseline`,`${e} now`])];yield lineOf(i);for(let n of(0,_.RO)(takeRows(e.groups,t)))yield sampleLine(n,r,e);n>0&&(yield lineOf([`(${(0,s.U9)(n)} more not shown)`,...i.slice(1).map(()=>``)]))}function lineOf(e){return`${e.map(a.GR).join(`,`)}\r\n`}function sampleLine(e,t,n){let{baseline:r,current:i,p:a,adjusted:o,scores:s}=e.sample,c=t.flatMap(e=>{let t=Object.hasOwn(s,e)?s[e]:void 0;return[plain(t?.baseline),plain(t?.current)]});return lineOf([e.id,e.class,e.isCritical?`yes`:``,...[r?.passes,r?.repeats,i?.passes,i?.repeats,a,o].map(plain),e.changes.map(g.Uy).join(`; `),e.file??``,plain(e.line),n.assessment.verdict.status,n.isPartial?`partial`:`complete`,...c])}function checkerNames(e){let t=new Set;for(let{scores:n}of e.assessment.samples)for(let e of Object.keys(n))t.add(e);return[...t].sort()}function plain(e){return e===void 0?``:String(e+0)}var b=n(1318),x=n(5367);function pageFrame(e){let{suiteEffect:t}=e.assessment,n=[{label:`run`,url:e.links.runUrl},{label:`baseline`,url:e.links.baselineUrl}];return{tables:e.tables.map(e=>({title:e.title,columns:e.columns,rows:e.rows.map(e=>({tone:e.tone,cells:e.cells.map(phraseParts)}))})),decision:e.decision.map(phraseParts),provenance:e.provenance.map(({label:e,value:t})=>({label:e,value:phraseParts(t)})),footer:[e.baseline,e.effort].map(phraseParts),links:n.flatMap(({label:e,url:t})=>data_link(e,t)),...t?{effect:{change:t.change,low:t.interval[0],high:t.interval[1]}}:{},note:``}}function sampleDetail(e){let{baseline:t,now:n}=transcriptPair(e),r=Math.max(t?.lines.length??0,n?.lines.length??0)-120;return{...e.input===void 0?{}:{input:(0,a.Wn)(valueText(e.input))},...e.expected===void 0?{}:{expected:(0,a.Wn)(valueText(e.expected))},steps:alignedSteps(t?.lines.slice(0,120)??[],n?.lines.slice(0,120)??[]),sides:[side(`baseline`,t,e.baseline),side(`now`,n,e.current)],scores:scoresOf(t,n),...r>0?{note:`${r} more steps are in the run log.`}:{}}}function pageRow(e){let t=e.url===void 0?void 0:(0,o.Pl)(e.url);return{id:(0,a.S5)(e.id),isCritical:e.isCritical,baseline:e.baseline,now:e.now,changes:e.changes.map(phraseParts),...e.file===void 0?{}:{where:`${(0,a.S5)(e.file)}${e.line===void 0?``:`:${e.line}`}`},...t===void 0?{}:{url:t}}}function phraseParts(e){return(0,g.L1)((0,a.Wn)(e)).map(({kind:e,text:t})=>[+(e===`code`),t])}function data_link(e,t){let n=t===void 0?void 0:(0,o.Pl)(t);return n===void 0?[]:[{label:e,url:n}]}function side(e,t,n){return{label:e,outcomes:n.map(e=>e.outcome),...t?{epoch:t.epoch}:{}}}function alignedSteps(e,t){let n=[],[r,i]=[[...e],[...t]];for(let a of(0,b.E)(e.map(stepKey),t.map(stepKey)))for(let e=0;e<a.count;e++){let e=a.added?void 0:r.shift(),t=a.removed?void 0:i.shift();e&&t?n.push(pairedStep(e,t)):e?n.push({before:wholeLine(e,1)}):t&&n.push({now:wholeLine(t,1)})}return n}function stepKey({kind:e,name:t}){return`${e} ${t??``}`}function pairedStep(e,t){if(e.text===t.text)return{before:wholeLine(e,0),now:wholeLine(t,0)};let n=(0,x.pR)(e.text,t.text,{maxEditLength:400});return n?{before:{...wholeLine(e,0),parts:n.filter(e=>!e.added).map(e=>[+!!e.removed,(0,a.Wn)(e.value)])},now:{...wholeLine(t,0),parts:n.filter(e=>!e.removed).map(e=>[+!!e.added,(0,a.Wn)(e.value)])}}:{before:wholeLine(e,1),now:wholeLine(t,1)}}function wholeLine({kind:e,name:t,text:n},r){return{kind:e,...t===void 0?{}:{name:(0,a.S5)(t)},parts:[[r,(0,a.Wn)(n)]]}}function scoresOf(e,t){return[...new Set([...t?.scores??[],...e?.scores??[]].map(({checker:e})=>e))].map(n=>{let r=e?.scores.find(e=>e.checker===n),i=t?.scores.find(e=>e.checker===n);return{checker:(0,a.S5)(n),...r?{before:r.value}:{},...i?{now:i.value}:{},reason:(0,a.Wn)((i??r)?.reason??``),isPass:(i??r)?.isPass??!1}})}let S=String.raw`
'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const report = document.getElementById('report');
const signs = { pass: '\u25cf', fail: '\u2715', error: '!', unscored: '?', skipped: '\u2013' };
const kinds = { user: 'user', agent: 'agent', tool: 'calls', result: 'result of', message: 'says on the way', error: 'error' };

function make(name, className, ...children) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...children.filter((child) => child !== undefined));
  return element;
}
function phrase(parts) {
  return parts.map(([kind, text]) => (kind ? make('code', '', text) : text));
}
function link(text, url) {
  const anchor = make('a', '', text);
  anchor.href = url;
  anchor.rel = 'noopener noreferrer';
  return anchor;
}
function svg(name, attributes, text) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  if (text !== undefined) element.textContent = text;
  return element;
}

function effectFigure({ change, low, high }) {
  const reach = Math.max(0.02, Math.abs(low), Math.abs(high)) * 1.15;
  const x = (value) => 280 + (value / reach) * 250;
  const points = (value) => (value * 100).toFixed(1).replace('-', '\u2212').replace(/^\u22120\.0$/, '0.0') + ' pp';
  const figure = svg('svg', { viewBox: '0 0 560 62', class: 'effect', role: 'img' });
  figure.append(
    svg('title', {}, 'Change of the pass rate ' + points(change) + ', 95 % interval ' + points(low) + ' to ' + points(high)),
    svg('line', { x1: 20, x2: 540, y1: 34, y2: 34 }),
    svg('line', { x1: 280, x2: 280, y1: 20, y2: 46, class: 'zero' }),
    svg('line', { x1: x(low), x2: x(high), y1: 34, y2: 34, class: 'interval' }),
    svg('circle', { cx: x(change), cy: 34, r: 6 }),
    svg('text', { x: x(change), y: 18, 'text-anchor': 'middle' }, points(change)),
    svg('text', { x: 20, y: 58 }, '\u2190 worse'),
    svg('text', { x: 280, y: 58, 'text-anchor': 'middle' }, 'no change'),
    svg('text', { x: 540, y: 58, 'text-anchor': 'end' }, 'better \u2192'),
  );
  return figure;
}

function stepCell(line, mark, isSame) {
  if (!line) return make('div', 'step absent', mark === 'del' ? 'not in the baseline' : 'no longer there');
  const label = make('b', '', kinds[line.kind] || line.kind);
  if (line.name !== undefined) label.append(' ', make('code', '', line.name));
  label.append(make('span', 'whose', isSame ? 'both' : mark === 'del' ? 'baseline' : 'now'));
  const text = make('pre', '', ...line.parts.map(([marked, part]) => (marked ? make(mark, '', part) : part)));
  return make('div', 'step step-' + line.kind + (isSame && mark === 'ins' ? ' same' : ''), label, text);
}
function sideTitle(side) {
  const pips = make('span', 'pips', ...side.outcomes.map((outcome) => make('span', 'pip-' + outcome, signs[outcome] || '?')));
  pips.title = side.outcomes.join(', ');
  const shown = side.epoch === undefined ? ', nothing recorded' : ', repeat ' + side.epoch + ' of ' + side.outcomes.length;
  return make('div', 'side', make('strong', '', side.label), shown, pips);
}
function scoreTable(scores) {
  const head = make('tr', '', ...['checker', 'baseline', 'now', 'reason'].map((name) => make('th', '', name)));
  const rows = scores.map((score) =>
    make('tr', '', make('td', '', make('code', '', score.checker)), make('td', '', score.before || '\u2014'), make('td', score.isPass ? 'good' : 'bad', score.now || '\u2014'), make('td', 'words', score.reason)),
  );
  return make('div', 'scroll', make('table', '', make('thead', '', head), make('tbody', '', ...rows)));
}
function detailOf(row) {
  const { detail } = row;
  const box = make('div', 'detail');
  if (row.where) box.append(make('p', 'soft', row.url ? link(row.where, row.url) : row.where));
  if (detail.expected !== undefined) box.append(make('h3', '', 'Expected'), make('pre', '', detail.expected));
  if (detail.input !== undefined && detail.steps.length === 0) box.append(make('h3', '', 'Input'), make('pre', '', detail.input));
  const cells = detail.steps.flatMap((step) => {
    const isSame = JSON.stringify(step.before) === JSON.stringify(step.now);
    return [stepCell(step.before, 'del', isSame), stepCell(step.now, 'ins', isSame)];
  });
  box.append(make('h3', '', 'Transcripts'), make('div', 'sides', ...detail.sides.map(sideTitle), ...cells));
  if (detail.note) box.append(make('p', 'soft', detail.note));
  if (detail.scores.length > 0) box.append(make('h3', '', 'Scores'), scoreTable(detail.scores));
  return box;
}

function sampleElement(group, row) {
  const id = make('span', 'id', row.id, row.isCritical ? make('span', 'critical', 'critical') : undefined);
  const changes = row.changes.flatMap((parts, index) => (index ? ['; ', ...phrase(parts)] : phrase(parts)));
  const cells = [id, make('span', 'class class-' + group.class, group.title), make('span', 'passes', row.baseline + ' \u2192 ' + row.now), make('span', 'changes', ...changes)];
  if (!row.detail) {
    if (row.url) id.replaceChildren(link(row.id, row.url), ...[...id.children]);
    return make('div', 'row', ...cells);
  }
  const details = make('details', '', make('summary', '', ...cells));
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) details.append(detailOf(row));
  });
  return details;
}

const chunk = 200;
function samplesSection() {
  const entries = data.groups.flatMap((group) => group.rows.map((row) => ({ group, row, text: (row.id + ' ' + (row.where || '') + ' ' + row.changes.flat().map((part) => part[1]).join('')).toLowerCase() })));
  const search = make('input');
  search.type = 'search';
  search.placeholder = 'Search samples and changes';
  search.setAttribute('aria-label', 'Search samples');
  const telling = data.groups.filter((group) => !group.class.startsWith('stable'));
  const active = new Set(telling.length > 0 ? telling.map((group) => group.class) : data.groups.map((group) => group.class));
  const list = make('div', 'samples');
  const status = make('p', 'soft');
  status.setAttribute('role', 'status');
  const more = make('button', 'chip', 'Show more');
  let limit = chunk;
  const cache = new Map();
  function draw() {
    const wanted = search.value.trim().toLowerCase();
    const found = entries.filter((entry) => active.has(entry.group.class) && entry.text.includes(wanted));
    const shown = found.slice(0, limit).map((entry) => {
      if (!cache.has(entry)) cache.set(entry, sampleElement(entry.group, entry.row));
      return cache.get(entry);
    });
    list.replaceChildren(...shown);
    list.hidden = shown.length === 0;
    more.hidden = found.length <= limit;
    status.textContent = found.length === entries.length ? entries.length + ' samples' : found.length + ' of ' + entries.length + ' samples';
  }
  const chips = make('div', 'chips', ...data.groups.map((group) => {
    const chip = make('button', 'chip', group.title + ' ' + group.rows.length);
    chip.title = group.meaning;
    chip.setAttribute('aria-pressed', String(active.has(group.class)));
    chip.addEventListener('click', () => {
      if (!active.delete(group.class)) active.add(group.class);
      chip.setAttribute('aria-pressed', String(active.has(group.class)));
      limit = chunk;
      draw();
    });
    return chip;
  }));
  search.addEventListener('input', () => { limit = chunk; draw(); });
  more.addEventListener('click', () => { limit += chunk; draw(); });
  document.addEventListener('keydown', (event) => onKey(event, search, list, draw));
  draw();
  const keys = make('p', 'keys', make('kbd', '', '/'), ' search, ', make('kbd', '', 'j'), ' ', make('kbd', '', 'k'), ' next and previous sample, ', make('kbd', '', 'Enter'), ' open, ', make('kbd', '', 'Esc'), ' clear');
  return make('section', '', make('h2', '', 'Samples'), make('div', 'tools', search, chips), keys, status, list, more);
}
function onKey(event, search, list, draw) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape' && document.activeElement === search) {
    search.value = '';
    search.blur();
    draw();
  }
  if (document.activeElement === search) return;
  if (event.key === '/') {
    event.preventDefault();
    search.focus();
  }
  if (event.key !== 'j' && event.key !== 'k') return;
  const rows = [...list.querySelectorAll('summary')];
  const at = rows.indexOf(document.activeElement);
  const next = rows[event.key === 'j' ? at + 1 : Math.max(0, at - 1)];
  if (next) next.focus();
}

function tableSection(table) {
  const head = make('tr', '', ...table.columns.map((name) => make('th', '', name)));
  const rows = table.rows.map((row) => make('tr', '', ...row.cells.map((cell, index) => make('td', index === row.cells.length - 1 ? row.tone : '', ...phrase(cell)))));
  return make('section', '', make('h2', '', table.title), make('div', 'scroll', make('table', '', make('thead', '', head), make('tbody', '', ...rows))));
}
function decisionSection() {
  const facts = data.provenance.flatMap(({ label, value }) => [make('dt', '', label), make('dd', '', ...phrase(value))]);
  const list = make('ul', 'decision', ...data.decision.map((parts) => make('li', '', ...phrase(parts))));
  return make('section', '', make('h2', '', 'How this was decided'), list, make('dl', '', ...facts));
}

if (data.effect) document.querySelector('header').append(effectFigure(data.effect));
report.append(
  ...(data.note ? [make('p', 'soft', data.note)] : []),
  ...(data.groups.length > 0 ? [samplesSection()] : []),
  ...data.tables.map(tableSection),
  decisionSection(),
  make('footer', '', ...data.footer.map((parts) => make('p', '', ...phrase(parts))), make('p', '', ...data.links.map(({ label, url }) => link(label, url)))),
);
`,C=8e6,w=(0,m.$)({type:`html`,summary:`one self-contained page with search, filters and side-by-side transcripts`,fileName:`report.html`,render:(e,{maxBytes:t=C})=>[...piecesOf(e,t)].join(``),pieces:e=>piecesOf(e,C)});function piecesOf(e,t){let n=pageFrame(e),r=detailsOf(e),i=(0,_.lw)(e.groups),withDetails=t=>{let i=noteOf(0,r.length-t);return page(e,{frame:{...n,note:i},groups:e.groups,details:new Map(r.slice(0,t))})},withRows=t=>{let a=noteOf(i-t,r.length);return page(e,{frame:{...n,note:a},groups:takeRows(e.groups,t),details:new Map})};return fitPieces(r.length,t,withDetails)??fitPieces(i,t,withRows)??[barePage(e)]}function detailsOf(e){let t=[];for(let{id:n}of e.evidence.size===0?[]:(0,_.RO)(e.groups)){let r=e.evidence.get(n);if(r&&t.push([n,sampleDetail(r)]),t.length===e.evidence.size)break}return t}function noteOf(e,t){let n=[e>0?`${(0,s.U9)(e)} more samples are not shown.`:``,t>0?`${(0,s.U9)(t)} more transcripts are not shown.`:``].filter(e=>e!==``);return n.length>0?`To keep this page small, ${n.join(` `)} The run log has them.`:``}function*page(e,t){yield[`<!doctype html>`,`<html lang="en" class="tone-${e.tone}">`,`<head>`,`<meta charset="utf-8">`,`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-h4VhlOJ1/VeMIDP0n88YBc8I11L3a9dapNXsaovZOIo='; script-src 'sha256-bkceRAp6Ju3VX5FFekT7XlyDhwLWTJFeD9r65Zu8nKc='; base-uri 'none'; form-action 'none'">`,`<meta name="viewport" content="width=device-width, initial-scale=1">`,`<meta name="color-scheme" content="light dark">`,`<title>${(0,a.ZD)(e.headline)}</title>`,`<style>
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --ink: #1b2330; --soft: #5a6575; --line: #dfe3ea; --code: #eef0f4;
  --bad: #b3261e; --bad-wash: #fdecea; --good: #1a7f45; --good-wash: #e5f5ec; --warn: #8a5a00; --warn-wash: #fdf3dc; --neutral: #2458b3;
  --tone: var(--neutral); --focus: #2458b3;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161c; --card: #1a2029; --ink: #e6eaf0; --soft: #9aa6b6; --line: #2d3643; --code: #252d38;
    --bad: #ff8a80; --bad-wash: #43221f; --good: #6fd69b; --good-wash: #17382a; --warn: #f0c46a; --warn-wash: #3a2f16; --neutral: #8db4ff;
    --focus: #8db4ff;
  }
}
.tone-bad { --tone: var(--bad); } .tone-good { --tone: var(--good); } .tone-warn { --tone: var(--warn); }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px 20px 64px; max-width: 1180px; background: var(--page); color: var(--ink); font: 15px/1.55 var(--sans); }
header { background: var(--card); border: 1px solid var(--line); border-left: 6px solid var(--tone); border-radius: 10px; padding: 20px 24px; }
h1 { margin: 0 0 6px; font-size: 26px; line-height: 1.25; color: var(--tone); overflow-wrap: anywhere; }
h2 { margin: 32px 0 10px; font-size: 18px; }
h3 { margin: 18px 0 6px; font-size: 12px; font-weight: 600; letter-spacing: .04em; text-transform: uppercase; color: var(--soft); }
p { margin: 0 0 8px; overflow-wrap: anywhere; }
.summary { margin: 0; max-width: 78ch; }
.summary span:first-child { font-weight: 600; }
.partial { display: inline-block; margin: 0 0 8px; padding: 1px 10px; border-radius: 99px; background: var(--warn-wash); color: var(--warn); font-weight: 600; font-size: 13px; }
.soft { color: var(--soft); }
code { font: .9em var(--mono); background: var(--code); padding: .1em .35em; border-radius: 4px; overflow-wrap: anywhere; }
a { color: inherit; text-decoration-color: var(--soft); text-underline-offset: 2px; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
.effect { display: block; width: 100%; max-width: 560px; height: auto; margin-top: 14px; font: 12px var(--sans); }
.effect line { stroke: var(--line); stroke-width: 1.5; } .effect .zero { stroke: var(--soft); stroke-dasharray: 3 3; }
.effect .interval { stroke: var(--tone); stroke-width: 6; stroke-linecap: round; opacity: .45; } .effect circle { fill: var(--tone); } .effect text { fill: var(--soft); }
.tools { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: 8px; align-items: center; padding: 10px 0; background: var(--page); }
.tools input { flex: 1 1 220px; min-width: 0; padding: 8px 12px; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.chips { display: flex; flex-wrap: wrap; gap: 6px; }
.chip { padding: 5px 11px; font: 13px/1.4 var(--sans); color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 99px; cursor: pointer; }
.chip[aria-pressed="true"] { background: var(--ink); color: var(--page); border-color: var(--ink); }
.samples { background: var(--card); border: 1px solid var(--line); border-radius: 10px; overflow: clip; }
.samples > details + details, .samples > .row + *, .samples > details + .row { border-top: 1px solid var(--line); }
summary, .row { display: grid; grid-template-columns: 18px minmax(130px, 1.3fr) 92px 112px minmax(0, 4fr); gap: 4px 12px; align-items: baseline; padding: 9px 16px; list-style: none; }
summary { cursor: pointer; } summary::-webkit-details-marker { display: none; }
summary::before { content: "\u25b8"; color: var(--soft); } details[open] > summary::before { content: "\u25be"; } .row::before { content: ""; }
summary:hover { background: color-mix(in srgb, var(--ink) 4%, transparent); }
.id { font: 13.5px var(--mono); overflow-wrap: anywhere; }
.class { font-size: 12.5px; color: var(--soft); } .class-regressed { color: var(--bad); font-weight: 600; } .class-fixed { color: var(--good); font-weight: 600; }
.class-suspect, .class-errored, .class-flaky { color: var(--warn); }
.passes { font-variant-numeric: tabular-nums; white-space: nowrap; }
.changes { overflow-wrap: anywhere; }
.critical { margin-left: 6px; font: 11px var(--sans); color: var(--bad); border: 1px solid currentColor; border-radius: 4px; padding: 0 4px; }
.detail { padding: 8px 16px 20px 46px; }
.whose { display: none; }
pre { margin: 0; font: 13px/1.5 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 6px 14px; }
.side { font-size: 13px; color: var(--soft); padding-bottom: 2px; }
.pips { margin-left: 8px; letter-spacing: 1px; } .pip-pass { color: var(--good); } .pip-fail { color: var(--bad); } .pip-error, .pip-unscored, .pip-skipped { color: var(--warn); }
.step { border-left: 3px solid var(--line); padding: 4px 10px; border-radius: 3px; background: color-mix(in srgb, var(--code) 45%, transparent); min-width: 0; }
.step-user { border-left-color: var(--neutral); } .step-error { border-left-color: var(--bad); } .step-agent { border-left-color: var(--ink); }
.step b { display: block; font: 600 11.5px var(--sans); color: var(--soft); overflow-wrap: anywhere; } .step b code { font-size: 12px; }
.absent { border: 1px dashed var(--line); background: none; color: var(--soft); font-size: 12.5px; padding: 6px 10px; }
del, ins { text-decoration: none; border-radius: 3px; padding: 0 1px; }
del { background: var(--bad-wash); color: var(--bad); } ins { background: var(--good-wash); color: var(--good); }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.detail .scroll { background: none; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 8px 14px; text-align: right; white-space: nowrap; } td.words { white-space: normal; text-align: left; overflow-wrap: anywhere; min-width: 180px; }
th { font-size: 12.5px; font-weight: 600; color: var(--soft); } tbody tr { border-top: 1px solid var(--line); }
th:first-child, td:first-child, th:last-child, td:last-child { text-align: left; }
.bad { color: var(--bad); } .good { color: var(--good); }
.decision { margin: 0; padding-left: 20px; } .decision li { margin-bottom: 4px; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 12px 0; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
footer { margin-top: 32px; padding-top: 12px; border-top: 1px solid var(--line); color: var(--soft); font-size: 14px; } footer a { margin-right: 14px; }
.keys { font-size: 12.5px; color: var(--soft); } kbd { font: 11.5px var(--mono); border: 1px solid var(--line); border-radius: 4px; padding: 0 5px; background: var(--card); }
[hidden] { display: none !important; }
@media (max-width: 720px) {
  body { padding: 12px 12px 48px; } header { padding: 16px; } h1 { font-size: 21px; } .keys { display: none; }
  summary, .row { grid-template-columns: 14px minmax(0, 1fr) auto; padding: 10px 12px; gap: 2px 8px; }
  .class { grid-column: 2; grid-row: 2; } .passes { grid-column: 3; grid-row: 1; text-align: right; } .changes { grid-column: 2 / -1; grid-row: 3; } .changes:empty { display: none; }
  .detail { padding: 4px 12px 16px; } .sides { grid-template-columns: 1fr; } .absent, .step.same { display: none; } .whose { display: inline; float: right; font-weight: 400; }
  .effect { font-size: 19px; }
  .tools { position: static; } .chips { flex-wrap: nowrap; overflow-x: auto; padding-bottom: 4px; } .chip { flex: none; }
}
@media print { .tools { display: none; } body { background: none; } }
</style>`,`</head>`,`<body>`,...header(e),`<main id="report"></main>`,`<noscript><p>The samples and transcripts of this page need JavaScript. The same numbers are in report.md.</p></noscript>`,`<script type="application/json" id="data">`].join(`
`);for(let e of inPieces(pageJson(t)))yield(0,a.Nd)(e);yield[`<\/script>`,`<script>${S}<\/script>`,`</body>`,`</html>`,``].join(`
`)}function*pageJson({frame:e,groups:t,details:n}){for(let[e,r]of t.entries()){let t={class:r.class,title:r.title,meaning:r.meaning};yield`${e===0?`{"groups":[`:`,`}${JSON.stringify(t).slice(0,-1)},"rows":[`;let i=``;for(let e of r.rows){let t=n.get(e.id);yield i+JSON.stringify(t?{...pageRow(e),detail:t}:pageRow(e)),i=`,`}yield`]}`}yield`${t.length===0?`{"groups":[`:``}],${JSON.stringify(e).slice(1)}`}function header(e){let t=e.isPartial?[`<p class="partial">Partial run</p>`]:[],n=e.summary.map(e=>`<span>${phraseHtml(e)}</span>`).join(` `);return[`<header>`,...t,`<h1>${(0,a.ZD)(e.headline)}</h1>`,`<p class="summary">${n}</p>`,`</header>`]}function phraseHtml(e){return(0,g.L1)(e).map(({kind:e,text:t})=>e===`code`?`<code>${(0,a.ZD)(t)}</code>`:(0,a.ZD)(t)).join(``)}function barePage(e){return[`<!doctype html>`,`<meta charset="utf-8">`,`<title>${(0,a.ZD)(e.headline)}</title>`,...header(e),``].join(`
`)}let T=(0,m.$)({type:`json`,summary:`the whole assessment as one JSON object`,fileName:`assessment.json`,render({assessment:e},{maxBytes:t}){if(t===void 0)return[...json_piecesOf(e)].join(``);let n=[...e.samples].sort((e,t)=>rank(e.class)-rank(t.class)),cut=t=>{let r=e.samples.length-t;return pretty(r===0?e:{...e,samples:n.slice(0,t),samplesOmitted:r})};return fitRows(n.length,t,cut)??pretty({...bare(e),samplesOmitted:n.length})},pieces:({assessment:e})=>json_piecesOf(e)});function*json_piecesOf(e){let{samples:t}=e,n=pretty({...e,samples:[]}),r=n.indexOf(`
  "samples": []`)+15;yield n.slice(0,r);for(let e=0;e<t.length;e+=60){let n=JSON.stringify({samples:t.slice(e,e+60)},null,2);yield(e>0?`,`:``)+n.slice(16,-6)}yield t.length>0?`\n  ${n.slice(r)}`:n.slice(r)}function pretty(e){return`${JSON.stringify(e,null,2)}\n`}let E=[`regressed`,`suspect`,`errored`,`fixed`,`flaky`,`new`,`waived`,`removed`,`stable-fail`,`stable-pass`];function rank(e){return E.indexOf(e)}function bare(e){let{gates:t,...n}=e.verdict;return{...e,verdict:{...n,reasons:n.reasons.slice(0,1)},checkers:[],metrics:[],slices:[],samples:[]}}let D=(0,m.$)({type:`junit`,summary:`JUnit XML: a failed testcase per regressed sample, and one for the verdict`,fileName:`junit.xml`,render(e,{maxBytes:t}){let n=(0,_.lw)(e.groups),render=t=>junit_document(e,takeRows(e.groups,t),n-t);return[...(t===void 0?render(n):fitPieces(n,t,render))??junit_document({...e,summary:[]},[],n)].join(``)},pieces:e=>inPieces(junit_document(e,e.groups,0))});function*junit_document(e,t,n){let{verdict:r}=e.assessment,i=r.exitCode===1,o=!i&&(r.exitCode!==0||e.isPartial),s=(0,_.lw)(t,`regressed`)+Number(i),c=(0,_.lw)(t,`errored`)+Number(o),l=`tests="${(0,_.lw)(t)+1}" failures="${s}" errors="${c}" skipped="${(0,_.lw)(t,`removed`)}"`,u=(0,a.X)(e.suite);yield junit_linesOf([`<?xml version="1.0" encoding="UTF-8"?>`,`<testsuites name="agent-regress" ${l}>`,`  <testsuite name="${u}" ${l}>`,`    <properties>`,property(`verdict`,r.status),property(`run`,e.isPartial?`partial`:`complete`),property(`baseline`,(0,g.Uy)(e.baseline)),...n>0?[property(`samplesNotShown`,String(n))]:[],`    </properties>`,...verdictCase(e,u,i?`failure`:o?`error`:void 0)]);for(let e of(0,_.RO)(t))yield junit_linesOf(sampleCase(e,u));yield junit_linesOf([`  </testsuite>`,`</testsuites>`])}function junit_linesOf(e){return`${e.join(`
`)}\n`}function property(e,t){return`      <property name="${e}" value="${(0,a.X)(t)}"/>`}function verdictCase(e,t,n){let r=(0,a.X)((0,g.Uy)(e.headline)),i=(0,a.X)(e.summary.map(g.Uy).join(` `));return[`    <testcase classname="${t}" name="verdict">`,`      ${n===void 0?`<system-out>${r} ${i}</system-out>`:`<${n} message="${r}">${i}</${n}>`}`,`    </testcase>`]}function sampleCase(e,t){let n=`${e.file===void 0?``:` file="${(0,a.X)(e.file)}"`}${e.line===void 0?``:` line="${e.line}"`}`,r=`    <testcase classname="${t}" name="${(0,a.X)(e.id)}"${n}`,i=`baseline ${e.baseline}, now ${e.now}`,o=(0,a.X)([i,...e.changes.map(g.Uy)].join(`; `)),s={regressed:`<failure type="regressed" message="${(0,a.X)(`regressed: ${i}`)}">${o}</failure>`,errored:`<error type="errored" message="${(0,a.X)(`errored: ${i}`)}">${o}</error>`,removed:`<skipped message="in the baseline only"/>`}[e.class]??(e.class===`stable-pass`?void 0:`<system-out>${e.class}: ${o}</system-out>`);return s===void 0?[`${r}/>`]:[`${r}>`,`      ${s}`,`    </testcase>`]}let O=(0,m.$)({type:`markdown`,summary:`a page in GitHub-flavoured markdown, with transcripts of the worst samples; also the job summary`,fileName:`report.md`,render:(e,{maxBytes:t})=>markdownDocument(e,`summary`,t)});var k=n(6988);let A=new Set([`regressed`,`suspect`,`errored`,`fixed`,`flaky`,`new`,`waived`,`removed`]),j=new Set([`regressed`,`suspect`,`errored`,`fixed`]),M=(0,m.$)({type:`terminal`,summary:`for reading at a terminal, with colours where they are shown`,render(e,{width:t=80,isColor:n=!1,maxBytes:r}){let i={width:Math.max(20,t),paint:painter(n)},o=e.groups.filter(e=>A.has(e.class)),s=(0,_.lw)(o),render=t=>terminal_text(e,i,takeRows(o,t),s-t);return r===void 0?render(s):fitRows(s,r,render)??clipBytes(`${(0,a.Fy)((0,a.en)(e.headline))}\n`,r)}}),N={bad:`31`,warn:`33`,good:`32`,neutral:`36`,bold:`1`,dim:`2`};function painter(e){return(t,n)=>e&&t!==``?`\u001b[${N[n]}m${t}\u001b[0m`:t}function terminal_text(e,t,n,r){return`${[headLines(e,t),...n.map(e=>groupLines(e,t)),r>0?[`\u2026 ${(0,s.U9)(r)} more samples are not shown.`]:[],...e.tables.map(e=>tableLines(e,t)),footLines(e,t)].filter(e=>e.length>0).flatMap((e,t)=>t===0?e:[``,...e]).map(e=>(0,a.Fy)(e.trimEnd())).join(`
`)}\n`}function headLines(e,t){return[...(0,k.cd)(shown(e.headline),t.width).map(n=>t.paint(t.paint(n,e.tone),`bold`)),...(0,k.cd)(e.summary.map(shown).join(` `),t.width)]}function footLines(e,t){let n=[e.links.reportUrl,e.links.runUrl].flatMap(e=>e===void 0?[]:[`Report: ${(0,a.en)(e)}`]).slice(0,1);return[e.baseline,e.effort].flatMap(e=>(0,k.cd)(shown(e),t.width)).concat(n).map(e=>t.paint(e,`dim`))}function groupLines(e,t){let n=e.class===`regressed`?`bad`:e.class===`fixed`?`good`:`warn`,r=t.paint(`${e.title} (${(0,s.U9)(e.rows.length)})`,j.has(e.class)?n:`dim`);if(!j.has(e.class))return[r,...nameLines(e,t)];let i=[...e.rows.slice(0,20)],a=e.rows.length-i.length,o=rowWidths(i,t.width);return[r,...i.flatMap(e=>rowLines(e,t,o)),...a>0?[`  \u2026 ${(0,s.U9)(a)} more`]:[]]}function nameLines(e,t){let n=[...e.rows.slice(0,20)],r=e.rows.length-n.length,i=n.map(e=>(0,k.qZ)((0,a.en)(e.id),t.width-2)).join(`, `);return(0,k.cd)(r>0?`${i}, \u2026 ${(0,s.U9)(r)} more`:i,t.width-2).map(e=>`  ${e}`)}function rowWidths(e,t){let widest=e=>Math.max(0,...e.map(k.PL));return{id:Math.min(widest(e.map(idText)),Math.floor(t*.4)),passes:widest(e.map(passesText))}}function rowLines(e,t,n){let r=`  ${(0,k.Fo)((0,k.qZ)(idText(e),n.id),n.id)}  ${(0,k.Fo)(passesText(e),n.passes)}`,i=e.changes.map(shown).join(`; `),a=(0,k.PL)(r)+2,o=t.width-a>=36,s=(0,k.cd)(i,t.width-(o?a:4));return o?[`${r}  ${s[0]??``}`,...s.slice(1).map(e=>` `.repeat(a)+e)]:[r,...s.map(e=>`    ${e}`)]}function idText(e){return(0,a.en)(e.id)+(e.isCritical?` (critical)`:``)}function passesText(e){return`${e.baseline} \u2192 ${e.now}`}function tableLines(e,t){let n=[e.columns,...e.rows.map(e=>e.cells.map(shown))],r=e.columns.map((e,t)=>Math.max(...n.map(e=>(0,k.PL)(e[t]??``)))),i=r.reduce((e,t)=>e+t+2,0),style=t=>{let n=e.rows[t]?.tone;return n===`bad`||n===`good`?n:void 0},painted=(e,n)=>{let r=style(n);return r?t.paint(e,r):e},a=t.paint(e.title,`dim`);if(i<=t.width){let e=n.map(e=>`  ${e.map((e,t)=>(0,k.Fo)(e,r[t]??0)).join(`  `)}`);return[a,t.paint(e[0]??``,`dim`),...e.slice(1).map(painted)]}return[a,...e.rows.flatMap((n,r)=>stackedRow(e.columns,n.cells.map(shown),t).map(e=>painted(e,r)))]}function stackedRow(e,t,n){let[r=``,...i]=t,a=i.map((t,n)=>`${e[n+1]??``} ${t}`).filter(e=>!e.endsWith(` \u2014`));return[...(0,k.cd)(r,n.width-2).map(e=>`  ${e}`),...(0,k.cd)(a.join(`, `),n.width-4).map(e=>`    ${e}`)]}function shown(e){return(0,a.en)((0,g.Uy)(e))}let P=(0,r.createRegistry)(`reporter`,[M,O,h,w,T,D,v])}),2493:((e,t,n)=>{n.d(t,{$:()=>defineReporter,X:()=>piecesOf});function piecesOf(e,t){return e.pieces?e.pieces(t):[e.render(t,{})]}function defineReporter(e){return e}})};