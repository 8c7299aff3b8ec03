import { packageBuild } from "@keyward/tooling";

export default packageBuild();
