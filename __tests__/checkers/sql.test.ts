import { describe, expect, it } from 'vitest';
import { isSql } from '../../src/checkers/is-sql.ts';
import { sqlDialects } from '../../src/checkers/parts/sql.ts';
import { checkOutput } from './build.ts';

const checkSql = (text: string, options: Record<string, unknown> = {}) => checkOutput(isSql, options, text);

describe('is-sql', () => {
  it.each(sqlDialects)('reads %s', async (dialect) => {
    const query = "SELECT o.id, count(*) AS n FROM orders o LEFT JOIN users u ON u.id = o.user_id WHERE o.state IN ('paid', 'sent') GROUP BY o.id";
    expect(await checkSql(query, { dialect, statements: ['select'], tables: ['orders', 'users'] })).toMatchObject({ pass: true });
    expect(await checkSql(`${query} AND`, { dialect })).toMatchObject({
      kind: 'scored',
      pass: false,
      reason: expect.stringContaining('it is not SQL of'),
    });
  });

  it.each([
    ['postgresql', 'select a::int from t where b ~ $$x$$', true],
    ['mysql', 'select top 3 [a] from [t]', false],
    ['mysql', 'select `a` from `t` limit 1, 2', true],
    ['transactsql', 'select top 3 [a] from [t]', true],
    ['sqlite', 'insert or replace into t values (1)', true],
    ['postgresql', 'SELEC a FROM t', false],
    ['postgresql', 'The answer is 42.', false],
    ['postgresql', 'refund', false],
    ['postgresql', '', false],
    ['postgresql', '-- nothing but a comment', false],
    ['postgresql', '```sql\nselect 1;\n```', true],
  ])('with %s of %j is %s', async (dialect, text, pass) => {
    expect(await checkSql(text, { dialect })).toMatchObject({ kind: 'scored', pass });
  });

  it('says where a statement goes wrong', async () => {
    expect(await checkSql('select a\nfrom t whre x = 1', { dialect: 'sqlite' })).toMatchObject({
      reason: expect.stringMatching(/^it is not SQL of sqlite, because "x" is not expected at line 2, column 13/),
    });
    expect(await checkSql('select a from', { dialect: 'sqlite' })).toMatchObject({ reason: expect.stringContaining('more is expected at line 1') });
  });

  it.each([
    ['drop table users', { statements: ['select'] }, 'the statement "drop" is not allowed'],
    ['select 1; delete from orders', { statements: ['select'] }, 'the statement "delete" is not allowed'],
    ['select * from orders where id in (select order_id from secrets)', { tables: ['orders'] }, 'the table "secrets" is not allowed'],
    ['select * from other.orders', { tables: ['orders'] }, 'the table "other.orders" is not allowed'],
    ['drop table secrets', { tables: ['orders'] }, 'the table "secrets" is not allowed'],
    ['select password from users', { columns: ['id', 'name'] }, 'the column "password" is not allowed'],
    ['select * from users', { columns: ['id', 'name'] }, 'the column "*" is not allowed'],
    ['select id from users where password = 1', { columns: ['id'] }, 'the column "password" is not allowed'],
    ['with d as (delete from orders where id = 1 returning id) select * from d', { statements: ['select'] }, 'the statement "delete" is not allowed'],
    ['select * into stolen from orders', { statements: ['select'] }, 'the statement "select into" is not allowed'],
    ['with secrets as (select * from secrets) select * from secrets', { tables: ['orders'] }, 'the table "secrets" is not allowed'],
    ['with secrets as (select 1 as a) select a from secrets; select * from secrets', { tables: ['orders'] }, 'the table "secrets" is not allowed'],
    ['with a as (select * from b), b as (select 1 as n) select * from a', { tables: ['orders'] }, 'the table "b" is not allowed'],
    ['alter table secrets drop column a', { tables: ['orders'] }, 'the table "secrets" is not allowed'],
    ['create index i on secrets (a)', { tables: ['orders'] }, 'the table "secrets" is not allowed'],
  ])('forbids %j', async (text, options, reason) => {
    expect(await checkSql(text, { dialect: 'postgresql', ...options })).toMatchObject({ kind: 'scored', pass: false, reason });
  });

  it.each([
    ['SELECT Id FROM Orders', { statements: ['select'], tables: ['orders'], columns: ['ID'] }],
    ['select * from sales.orders', { tables: ['sales.*'], columns: ['*'] }],
    ['with recent as (select id from orders) select recent.id from recent', { tables: ['orders'], columns: ['id'] }],
    ['select o.id, o.user_id from orders o', { tables: ['ord*s'], columns: ['id', '*_id'] }],
    ['select * from (with t as (select id from orders) select id from t) x', { tables: ['orders'], columns: ['id', '*'] }],
    ['with recursive t as (select id from orders union select id from t) select id from t', { tables: ['orders'] }],
    ['with a as (select id from orders), b as (select id from a) select id from b where id in (select id from a)', { tables: ['orders'] }],
    ['select * into copied from orders', { statements: ['select', 'select into'] }],
    ['alter table orders add a int', { statements: ['alter'], tables: ['orders'] }],
  ])('allows %j', async (text, options) => {
    expect(await checkSql(text, { dialect: 'postgresql', ...options })).toMatchObject({ pass: true });
  });

  it.each([
    ['Here you are:\n```sql\nselect a from t;\n```\nAnything else?', true],
    ['```python\nprint(1)\n```\n\n```\nselect a from t\n```', true],
    ['Run this:\n\nSELECT a\nFROM t;\n\nThen look.', true],
    ['Select one of the two plans', false],
    ['```sql\nselect from where\n```', false],
    ['nothing here', false],
  ])('anywhere in %j is %s', async (text, pass) => {
    expect(await checkSql(text, { anywhere: true, dialect: 'postgresql' })).toMatchObject({ kind: 'scored', pass });
    if (!text.startsWith('```\n')) expect(await checkSql(text, { dialect: 'postgresql' })).toMatchObject({ pass: false });
  });

  // The parser alone takes from seconds to days for these.
  it.each([
    ['selects', `select ${'(select '.repeat(30)}1`],
    ['casts', `select ${'cast('.repeat(30)}1 1${')'.repeat(30)}`],
    ['joins', `select * from ${'(a join '.repeat(30)}b`],
    ['parentheses', `select ${'('.repeat(3000)}1 1${')'.repeat(3000)}`],
    ['a long text', `select 1 -- ${'x'.repeat(20_000)}`],
  ])('gives up in time on %s without end', async (_, text) => {
    for (const dialect of sqlDialects) {
      const started = process.cpuUsage();
      const score = await checkSql(text, { dialect });
      expect(process.cpuUsage(started).user / 1000).toBeLessThan(3000);
      if (score.kind === 'unscored') expect(score.reason).toMatch(/reading it takes too long|more than 16000 characters/);
      else expect(score.pass).toBe(false);
    }
  });

  it.each([
    ['mysql', 'select * from orders /*! union select * from secrets */'],
    ['mysql', 'select * from orders where a = 1 --1 union select * from secrets'],
    ['mysql', 'select * from orders where a = 1 ---1 union select * from secrets'],
    ['postgresql', "select * from orders where a = '\\' union select * from secrets -- '"],
    ['sqlite', "select * from orders where a = '\\' union select * from secrets -- '"],
    ['transactsql', "select * from orders where a = '\\' union select * from secrets -- '"],
  ])('does not let pass what %s reads in another way than the parser: %j', async (dialect, text) => {
    expect(await checkSql(text, { dialect, tables: ['orders'] })).toMatchObject({
      kind: 'unscored',
      reason: expect.stringMatching(/^whether it is SQL cannot be said, because it has a /),
    });
  });

  it('reads a backslash before a quote where the dialect has it', async () => {
    expect(await checkSql("select * from orders where a = 'it\\'s'", { dialect: 'mysql', tables: ['orders'] })).toMatchObject({ pass: true });
  });
});
