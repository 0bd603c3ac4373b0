export default {
  compilerOptions: { runes: true },
  vitePlugin: {
    // Libraries decide for themselves which mode their components are in.
    dynamicCompileOptions: ({ filename }) => (filename.includes('node_modules') ? { runes: undefined } : undefined),
  },
};
