// The arrows of docs/ARCHITECTURE.md. tests/tooling/arrows.test.ts runs this, counts the modules and plants a wrong import.
/** One owner folder per key package. */
const owned = (name, from) => ({
  name: `only-the-owner-imports-${name.replaceAll(/\W/g, '-')}`,
  severity: 'error',
  from: { path: '^src/', pathNot: from },
  to: { path: `node_modules/${name}/` },
})
const never = (name, from, to, extra = {}) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: to, ...extra },
})

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: { path: '^src/' }, to: { circular: true } },
    { name: 'nothing-unresolved', severity: 'error', from: { path: '^src/' }, to: { couldNotResolve: true } },
    never('shared-imports-no-program', '^src/shared/', '^src/(client|sw|server)/'),
    never('client-imports-no-other-program', '^src/client/', '^src/(sw|server)/'),
    never('sw-imports-no-other-program', '^src/sw/', '^src/(client|server)/'),
    never('server-imports-no-other-program', '^src/server/', '^src/(client|sw)/'),
    never('src-imports-no-tests', '^src/', '^(tests|scripts)/'),
    never('shared-runs-anywhere', '^src/shared/', '^node:|^(fs|path|crypto|http)$'),
    never('components-touch-no-storage', '^src/client/components/', '^src/client/(storage|sync|state|pages|media|offline)/'),
    never('pages-take-state-only', '^src/client/pages/', '^src/client/(storage|sync)/'),
    never('state-imports-no-page', '^src/client/state/', '^src/client/(pages|components)/'),
    never('storage-imports-no-layer-above', '^src/client/storage/', '^src/client/(sync|state|pages|components)/'),
    never('sync-imports-no-layer-above', '^src/client/sync/', '^src/client/(state|pages|components)/'),
    never('only-main-names-the-database', '^src/server/(?!main\\.ts|store/)', '^node:sqlite$|node_modules/pg/'),
    never('store-imports-no-layer-above', '^src/server/store/', '^src/server/http/'),
    owned('dexie', '^src/client/storage/'),
    owned('yjs', '^src/(shared/words|client/storage)/'),
    owned('i18next', '^src/client/i18n/'),
    owned('workbox-window', '^src/client/offline/'),
    owned('workbox-(precaching|routing)', '^src/sw/'),
    owned('kysely', '^src/server/store/'),
    owned('fastify', '^src/server/(http/|app\\.ts)'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'src/client/tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json'], exportsFields: ['exports'], conditionNames: ['import', 'types', 'browser', 'default'] },
  },
}
