package dev.daypass.cli.report;

import java.util.List;

/**
 * What auditors ask for, and where a pack answers it: SOC 2 (trust services criteria of 2017) and
 * HIPAA (45 CFR 164.312). The words are ours; the criteria's own stand in those documents.
 */
enum Control {
  CC6_1("SOC 2 CC6.1", "Access to production is restricted by rules, and keys are protected."),
  CC6_2(
      "SOC 2 CC6.2", "Who gets access is known and authorised first, and loses it when that ends."),
  CC6_3("SOC 2 CC6.3", "Access follows roles, is no wider than needed, and is taken back."),
  CC7_2("SOC 2 CC7.2", "What is unusual is noticed and looked at."),
  HIPAA_A("HIPAA 164.312(a)", "Access control: persons are unique, access ends by itself."),
  HIPAA_B("HIPAA 164.312(b)", "Audit controls: activity is recorded and can be examined."),
  HIPAA_D("HIPAA 164.312(d)", "Whoever seeks access is the one claimed.");

  private final String name;
  private final String asks;

  Control(String name, String asks) {
    this.name = name;
    this.asks = asks;
  }

  String shownName() {
    return name;
  }

  String asks() {
    return asks;
  }

  /** Where a pack answers it, the most telling first. */
  List<Table> tables() {
    return switch (this) {
      case CC6_1 -> List.of(Table.GRANTED, Table.REFUSED, Table.CHANGES);
      case CC6_2 -> List.of(Table.LOGINS, Table.GRANTED, Table.REVOKED);
      case CC6_3 -> List.of(Table.GRANTED, Table.UNUSED, Table.REVOKED, Table.CHANGES);
      case CC7_2 -> List.of(Table.ALARMS, Table.REFUSED, Table.SESSIONS, Table.OPERATIONS);
      case HIPAA_A -> List.of(Table.GRANTED, Table.SESSIONS, Table.SERVERS);
      case HIPAA_B -> List.of(Table.SESSIONS, Table.LOGINS, Table.OPERATIONS);
      case HIPAA_D -> List.of(Table.LOGINS, Table.REFUSED);
    };
  }
}
