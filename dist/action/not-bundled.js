const refuse = (_, name) => {
  throw new Error(`${String(name)} is part of a package that is not bundled`);
};
export default new Proxy({}, { get: refuse });
