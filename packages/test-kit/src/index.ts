export { type Cut, cutEverywhere, cutNowhere, cutShifting } from "./model/cut.ts";
export { reportOn } from "./model/report.ts";
export { type StandInModel, type StandInModelOptions, startStandInModel } from "./model/stand-in-model.ts";
