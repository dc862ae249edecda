package dev.daypass.krl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.KeyId;
import dev.daypass.cert.TestCertificates;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Mutations;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.TestKeys;
import dev.daypass.ssh.WireWriter;
import dev.daypass.ssh.signature.SshSigner;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class KeyRevocationListTest {
  private static final int ROUNDS = Boolean.getBoolean("daypass.long") ? 500_000 : 10_000;

  @Test
  void writesAnEmptyListAsAHeader() {
    // PROTOCOL.krl, section 2: magic, format 1, version 1, date, no flags, nothing reserved.
    assertThat(TestLists.empty().encode().hex())
        .isEqualTo(
            "5353484b524c0a00"
                + "00000001"
                + "0000000000000001"
                + "%016x".formatted(TestLists.AT.getEpochSecond())
                + "0000000000000000"
                + "00000000"
                + "00000000");
  }

  @Test
  void writesRunsAsRangesAndTheRestAsAList() {
    Bytes ca = TestLists.CA.blob();
    String section =
        new WireWriter().string(ca).string(Bytes.EMPTY).toBytes().hex()
            + "20"
            + "00000018"
            + "0000000000000003"
            + "0000000000000005"
            + "0000000000000006"
            + "21"
            + "00000010"
            + "0000000000000009"
            + "0000000000000028";
    Bytes list =
        TestLists.of(
                TestLists.serials(
                    TestLists.CA,
                    SerialSetTest.range(9, 40),
                    SerialSetTest.range(3, 3),
                    SerialSetTest.range(5, 6)))
            .encode();

    assertThat(list.hex())
        .isEqualTo(
            TestLists.empty().encode().hex()
                + "01"
                + new WireWriter().string(Bytes.ofHex(section)).toBytes().hex());
  }

  @Test
  void readsWhatItWrote() throws Exception {
    assertThat(KeyRevocationList.decode(TestLists.empty().encode())).isEqualTo(TestLists.empty());
    assertThat(KeyRevocationList.decode(TestLists.full().encode())).isEqualTo(TestLists.full());
  }

  @Test
  void hasOneFormWhateverTheOrder() {
    KeyRevocationList full = TestLists.full();
    KeyRevocationList reversed =
        new KeyRevocationList(
            full.version(),
            full.generatedAt().plusMillis(900),
            full.comment(),
            full.certificates().reversed(),
            List.of(TestLists.KEY.fingerprint(), TestLists.KEY.fingerprint()));

    assertThat(reversed).isEqualTo(full);
    assertThat(reversed.encode()).isEqualTo(full.encode());
  }

  @Test
  void leavesOutASectionThatRevokesNothing() {
    assertThat(TestLists.of(TestLists.serials(TestLists.CA))).isEqualTo(TestLists.empty());
  }

  @Test
  void refusesTwoSectionsOfOneCa() {
    RevokedCertificates one = TestLists.serials(TestLists.CA, SerialSetTest.range(1, 1));
    RevokedCertificates two = TestLists.serials(TestLists.CA, SerialSetTest.range(2, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KeyRevocationList(1, TestLists.AT, "", List.of(one, two), List.of()));
  }

  @Test
  void refusesAKeyIdThatSshdWouldReadShorter() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new RevokedCertificates(TestLists.CA, SerialSet.EMPTY, List.of(new KeyId("alice\0"))));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new RevokedCertificates(TestLists.CA, SerialSet.EMPTY, List.of(new KeyId(""))));
  }

  @Test
  void revokesBySerialOfThatCaOnly() {
    Certificate certificate = certificate(SshKeyType.ED25519); // serial 42
    assertThat(
            TestLists.of(TestLists.serials(TestLists.CA, SerialSetTest.range(42, 42)))
                .revokes(certificate))
        .isTrue();
    assertThat(
            TestLists.of(TestLists.serials(TestLists.OTHER_CA, SerialSetTest.range(42, 42)))
                .revokes(certificate))
        .isFalse();
    assertThat(
            TestLists.of(TestLists.serials(TestLists.CA, SerialSetTest.range(43, 50)))
                .revokes(certificate))
        .isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void revokesByKeyAndByCaKey(SshKeyType type) {
    Certificate certificate = certificate(type);
    assertThat(keys(certificate.content().publicKey()).revokes(certificate)).isTrue();
    assertThat(keys(TestLists.CA).revokes(certificate)).isTrue();
    assertThat(TestLists.empty().revokes(certificate)).isFalse();
  }

  @Test
  void refusesWhatSshdReadsButWeNeverWrite() {
    Bytes head = TestLists.empty().encode();
    refuses(head.concat(section(4, "")), "type 4"); // a signature inside the file
    refuses(head.concat(section(255, "")), "type 255"); // an extension
    refuses(head.concat(section(3, "")), "type 3"); // SHA-1
    refuses(head.concat(section(1, ca() + "22" + "00000000")), "type 34"); // a bitmap
    refuses(head.concat(section(1, ca() + "20" + "00000008" + "0000000000000000")), "serial 0");
    refuses(head.concat(section(1, "0000000000000000")), ""); // every CA
    refuses(head.concat(section(1, ca())), "form"); // a section of nothing
    refuses(head.concat(section(5, "")), "form");
  }

  @Test
  void refusesAnotherHeader() {
    refuses(Bytes.EMPTY, "ends early");
    refuses(Bytes.ofUtf8("# ssh-ed25519 AAAA\n"), "does not begin");
    refuses(header(2, 0, "", TestLists.AT.getEpochSecond()), "another version");
    refuses(header(1, 1, "", TestLists.AT.getEpochSecond()), "flags");
    refuses(header(1, 0, "00", TestLists.AT.getEpochSecond()), "reserved");
    refuses(header(1, 0, "", -1), "date");
    refuses(header(1, 0, "", Instant.MAX.getEpochSecond() + 1), "date");
  }

  @Test
  void refusesSerialsThatAreNotInTheirOneForm() {
    Bytes head = TestLists.empty().encode();
    String one = "0000000000000001";
    String two = "0000000000000002";
    String three = "0000000000000003";
    refuses(head.concat(section(1, ca() + "20" + "00000010" + two + one)), "form");
    refuses(head.concat(section(1, ca() + "20" + "00000010" + one + one)), "form");
    refuses(head.concat(section(1, ca() + "20" + "00000018" + one + two + three)), "form");
    refuses(head.concat(section(1, ca() + "21" + "00000010" + one + two)), "form");
    refuses(head.concat(section(1, ca() + "21" + "00000018" + one + two + three)), "left over");
    refuses(head.concat(section(1, ca() + "21" + "00000010" + three + one)), "before it begins");
  }

  @Test
  void noDamagedListReadsAsAnythingButItself() {
    Bytes good = TestLists.full().encode();
    Mutations mutations = new Mutations(good.size());
    for (int i = 0; i < ROUNDS; i++) {
      KrlDecoders.accepts(mutations.damaged(good).toArray());
    }
  }

  private static KeyRevocationList keys(SshPublicKey key) {
    return new KeyRevocationList(1, TestLists.AT, "", List.of(), List.of(key.fingerprint()));
  }

  private static Certificate certificate(SshKeyType type) {
    SshSigner ca = TestKeys.of(SshKeyType.ED25519);
    return TestCertificates.sign(TestCertificates.content(type, ca), ca);
  }

  private static String ca() {
    return new WireWriter().string(TestLists.CA.blob()).string(Bytes.EMPTY).toBytes().hex();
  }

  private static Bytes section(int type, String content) {
    return new WireWriter().uint8(type).string(Bytes.ofHex(content)).toBytes();
  }

  private static Bytes header(long format, long flags, String reserved, long date) {
    WireWriter out = new WireWriter();
    out.uint64(0x5353484b524c0a00L).uint32(format).uint64(1).uint64(date).uint64(flags);
    return out.string(Bytes.ofHex(reserved)).text("").toBytes();
  }

  private static void refuses(Bytes file, String because) {
    assertThatThrownBy(() -> KeyRevocationList.decode(file))
        .isInstanceOf(KrlFormatException.class)
        .hasMessageContaining(because);
  }
}
