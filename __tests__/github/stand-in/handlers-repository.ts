import { type Handler, invalid, notFound, paged } from './handler.ts';
import { findCommit, type GitHubState, historyOf, mergeBaseOf, type PullRequest } from './state.ts';

export const repositoryHandlers: Record<string, Handler> = {
  'repos/get': (_, { state, replies }) => ({ status: 200, body: replies.repository(state.repository) }),

  'repos/list-commits'(request, context) {
    const { state, replies } = context;
    const { sha = state.repository.defaultBranch, path } = request.query;
    const tip = findCommit(state, String(sha));
    if (!tip) return notFound;
    const items = historyOf(state, tip.sha).filter(({ files }) => path === undefined || files.some(({ filename }) => filename === path));
    return paged(request, context, {
      items,
      render(commit) {
        const { files: _files, stats: _stats, ...listed } = replies.commit(commit);
        return listed;
      },
    });
  },

  'repos/get-commit'(request, { state, replies }) {
    const commit = findCommit(state, String(request.path.ref));
    return commit ? { status: 200, body: replies.commit(commit) } : invalid(`No commit found for SHA: ${request.path.ref}`);
  },

  'repos/get-latest-release'(_, { state, replies }) {
    const tag = state.releases.at(-1);
    return tag === undefined ? notFound : { status: 200, body: replies.release(tag) };
  },

  'repos/list-tags'(request, context) {
    const items = [...context.state.tags].sort(([a], [b]) => (a < b ? 1 : -1));
    return paged(request, context, { items, render: ([name, sha]) => context.replies.tag(name, sha) });
  },

  'repos/compare-commits-with-basehead'(request, { state, replies, apiUrl }) {
    const [baseName = '', headName = ''] = String(request.path.basehead).split('...');
    const [base, head] = [findCommit(state, baseName), findCommit(state, headName)];
    const shared = base && head && mergeBaseOf(state, base.sha, head.sha);
    if (!base || !head || !shared) return notFound;
    const [baseHistory, headHistory] = [historyOf(state, base.sha), historyOf(state, head.sha)];
    const ahead = headHistory.filter(({ sha }) => !baseHistory.some((commit) => commit.sha === sha)).reverse();
    const behind = baseHistory.filter(({ sha }) => !headHistory.some((commit) => commit.sha === sha));
    const status = ahead.length > 0 ? (behind.length > 0 ? 'diverged' : 'ahead') : behind.length > 0 ? 'behind' : 'identical';
    const url = `https://github.com/${state.repository.fullName}/compare/${baseName}...${headName}`;
    const body = {
      url: `${apiUrl}/repos/${state.repository.fullName}/compare/${baseName}...${headName}`,
      html_url: url,
      permalink_url: url,
      diff_url: `${url}.diff`,
      patch_url: `${url}.patch`,
      base_commit: replies.commit(base),
      merge_base_commit: replies.commit(shared),
      status,
      ahead_by: ahead.length,
      behind_by: behind.length,
      total_commits: ahead.length,
      commits: ahead.map(replies.commit),
      files: replies.files(ahead),
    };
    return { status: 200, body };
  },

  'repos/list-pull-requests-associated-with-commit'(request, context) {
    const { state, replies } = context;
    const sha = String(request.path.commit_sha);
    if (!state.commits.has(sha)) return invalid(`No commit found for SHA: ${sha}`);
    const items = state.pulls.filter((pull) => pull.mergeSha === sha || ownCommits(state, pull).some((commit) => commit.sha === sha));
    return paged(request, context, { items, render: (pull) => replies.pull(pull, true) });
  },

  'pulls/list'(request, context) {
    const { state, replies } = context;
    const { state: wanted = 'open', head, base } = request.query;
    const items = [...state.pulls]
      .sort((a, b) => b.number - a.number)
      .filter((pull) => wanted === 'all' || pull.state === wanted)
      .filter((pull) => base === undefined || pull.base.ref === base)
      .filter((pull) => head === undefined || `${pull.head.repository?.fullName.split('/')[0]}:${pull.head.ref}` === head);
    return paged(request, context, { items, render: (pull) => replies.pull(pull, true) });
  },

  'pulls/get'(request, { state, replies }) {
    const pull = pullOf(state, request.path.pull_number);
    return pull ? { status: 200, body: replies.pull(pull, false) } : notFound;
  },

  'pulls/list-files'(request, context) {
    const { state, replies } = context;
    const pull = pullOf(state, request.path.pull_number);
    if (!pull) return notFound;
    return paged(request, context, { items: replies.files(ownCommits(state, pull)), render: (file) => file });
  },

  'rate-limit/get'(_, { state }) {
    const { limit, remaining, resetAtMs } = state.rateLimit;
    const core = { limit, remaining, used: limit - remaining, reset: Math.ceil(resetAtMs / 1000) };
    return { status: 200, body: { resources: { core, search: core, graphql: core }, rate: core } };
  },

  'users/get-authenticated'(request, { replies }) {
    const { user } = request.token;
    if (user === undefined) return { status: 403, body: { message: 'Resource not accessible by integration', status: '403' } };
    return { status: 200, body: replies.user(user) };
  },
};

function pullOf(state: GitHubState, number: unknown): PullRequest | undefined {
  return state.pulls.find((pull) => pull.number === Number(number));
}

/** The commits of the head that the base does not have. */
function ownCommits(state: GitHubState, pull: PullRequest) {
  const base = new Set(historyOf(state, pull.base.sha).map(({ sha }) => sha));
  return historyOf(state, pull.head.sha).filter(({ sha }) => !base.has(sha));
}
