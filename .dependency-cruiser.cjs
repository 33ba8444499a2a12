// The arrows of docs/ARCHITECTURE.md. tests/tooling/arrows.test.ts runs this, counts the modules and plants wrong imports.

const never = (name, from, to) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: typeof to === 'string' ? { path: to } : to,
})
/** One owner folder per key package. */
const owned = (name, packages, owner) => ({
  name: `only-the-owner-imports-${name}`,
  severity: 'error',
  from: { path: '^src/', pathNot: owner },
  to: { path: `node_modules/${packages}/` },
})

module.exports = {
  forbidden: [
    never('no-circles', '^src/', { circular: true }),
    // mdast is nothing but types.
    never('nothing-unresolved', '^src/', { couldNotResolve: true, pathNot: '^mdast$' }),
    never('src-imports-no-tests', '^src/', '^(tests|scripts)/'),

    never('shared-imports-no-program', '^src/shared/', '^src/(client|sw|server)/'),
    never('client-imports-no-other-program', '^src/client/', '^src/(sw|server)/'),
    never('sw-imports-no-other-program', '^src/sw/', '^src/(client|server)/'),
    never('server-imports-no-other-program', '^src/server/', '^src/(client|sw)/'),
    never('only-the-server-imports-node', '^src/(shared|client|sw)/', { dependencyTypes: ['core'] }),

    never('components-touch-no-storage', '^src/client/components/', '^src/client/(storage|sync|state|pages|media|offline)/'),
    never('pages-take-state-only', '^src/client/pages/', '^src/client/(storage|sync|media|offline)/'),
    never('state-imports-no-page', '^src/client/state/', '^src/client/(pages|components)/'),
    never('storage-imports-no-layer-above', '^src/client/storage/', '^src/client/(sync|media|state|pages|components)/'),
    never('sync-imports-no-layer-above', '^src/client/sync/', '^src/client/(media|state|pages|components)/'),
    never('media-imports-no-layer-above', '^src/client/media/', '^src/client/(sync|state|pages|components)/'),

    never('http-goes-through-services', '^src/server/http/', '^src/server/store/'),
    never('services-know-no-http', '^src/server/(sync|words|live|people|content|sums|papers|pdf|readiness|votes|day|cards|tablets|backup|calendar|certificate|mail|oidc|store)/', '^src/server/(http/|(app|app-deps|main|maintenance|start-server)\\.ts$)'),
    never('store-imports-no-service', '^src/server/store/', '^src/server/(sync|words|live|people|content|sums|papers|pdf|readiness|votes|day|cards|tablets|backup|calendar|certificate|mail|oidc)/'),
    never('only-main-names-the-database', '^src/server/(?!(main|maintenance)\\.ts$)', '^node:sqlite$|node_modules/pg/'),

    owned('dexie', 'dexie', '^src/client/storage/'),
    owned('yjs', 'yjs', '^src/(shared/words|client/storage)/'),
    owned('i18next', 'i18next', '^src/client/i18n/'),
    owned('workbox-window', 'workbox-window', '^src/client/offline/'),
    owned('workbox', 'workbox-(precaching|routing|core|strategies)', '^src/sw/'),
    owned('kysely', 'kysely', '^src/server/store/'),
    owned('nodemailer', 'nodemailer', '^src/server/mail/'),
    owned('openid-client', 'openid-client', '^src/server/oidc/'),
    owned('csv-parse', 'csv-parse', '^src/server/people/people-file/'),
    owned('ical-generator', 'ical-generator', '^src/server/calendar/'),
    owned('pdfkit', 'pdfkit', '^src/server/(certificate|papers)/'),
    owned('docx', 'docx', '^src/server/papers/'),
    owned('fastify', '(@fastify/[^/]+|fastify)', '^src/server/(http/|app(-deps)?\\.ts$)'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'src/client/tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json'], exportsFields: ['exports'], conditionNames: ['import', 'types', 'browser', 'default'] },
  },
}
