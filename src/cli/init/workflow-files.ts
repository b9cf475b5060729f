import type { InitAnswers } from './config-files.ts';

const checkout = `      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
`;

function agentEnvironment({ agent, variables }: InitAnswers): string {
  if (variables)
    return variables.length === 0 ? '' : `        env:\n${variables.map((name) => `          ${name}: \${{ secrets.${name} }}\n`).join('')}`;
  if (agent !== 'http' && agent !== 'openai-chat') return '';
  return `        env:
          AGENT_URL: \${{ vars.AGENT_URL }}
          AGENT_KEY: \${{ secrets.AGENT_KEY }}
`;
}

/** Baseline on every push to the default branch; verdict on every pull request and in the merge queue. */
export function pullRequestWorkflow(answers: InitAnswers): string {
  return `name: agent-regress
on:
  push:
    branches: [${answers.branch}]
  pull_request:
  merge_group:

permissions: {}

concurrency:
  group: \${{ github.workflow_ref }}-\${{ github.event.pull_request.number || github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}

jobs:
  agent-regress:
    runs-on: ubuntu-latest
    timeout-minutes: 40
    permissions:
      contents: read        # read the repository
      actions: read         # find the baseline among the artifacts of earlier runs
      checks: write         # the check run with annotations
      pull-requests: write  # the comment
    steps:
${checkout}      - uses: agent-regress/agent-regress@v1
        with:
          config: agent-regress.yml
${agentEnvironment(answers)}`;
}

/** Drift of an endpoint or model that nobody touched, and a fresh baseline every night. */
export function nightlyWorkflow(answers: InitAnswers): string {
  return `name: agent-regress nightly
on:
  schedule:
    - cron: '17 3 * * *'
  workflow_dispatch:

permissions: {}

jobs:
  agent-regress:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    permissions:
      contents: read
      actions: read
      checks: write
      pull-requests: read   # an accepted regression, once it is merged, is no alarm
      issues: write         # the issue that is open while the suite is worse
    steps:
${checkout}      - uses: agent-regress/agent-regress@v1
        with:
          config: agent-regress.yml
          comment: 'off'
          issue: regressions
${agentEnvironment(answers)}`;
}

/**
 * Posts the report of a pull request from a fork, whose own run may not write. Runs on the default branch, checks nothing
 * out and executes nothing of the pull request: it reads the stored, schema-checked run.
 */
export function publishWorkflow(): string {
  return `name: agent-regress publish
on:
  workflow_run:
    workflows: [agent-regress]
    types: [completed]

permissions: {}

jobs:
  publish:
    if: github.event.workflow_run.event == 'pull_request' && github.event.workflow_run.head_repository.full_name != github.repository
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      actions: read
      checks: write
      pull-requests: write
    steps:
      - uses: agent-regress/agent-regress@v1
        with:
          mode: publish
`;
}
