// build.mjs hands style sheets over as minified text.
declare module "*.css" {
  const css: string;
  export default css;
}
