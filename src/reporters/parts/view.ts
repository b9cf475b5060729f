export interface ReportView {
  suite: string;
}
