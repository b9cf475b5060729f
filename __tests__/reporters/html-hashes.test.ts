import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { scriptHash, styleHash } from '../../src/reporters/parts/html/hashes.ts';
import { pageScript } from '../../src/reporters/parts/html/script.ts';
import { pageStyle } from '../../src/reporters/parts/html/style.ts';

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

it('allows exactly the style sheet and the script of the page', () => {
  expect({ styleHash, scriptHash }).toEqual({ styleHash: hashOf(pageStyle), scriptHash: hashOf(pageScript) });
});
