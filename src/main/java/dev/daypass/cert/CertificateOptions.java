package dev.daypass.cert;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.WireReader;
import dev.daypass.ssh.WireWriter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Critical options or extensions of a certificate: names sorted by their bytes, each once
 * (draft-ietf-sshm-cert-01 section 2.2). sshd tolerates what violates this, other parsers do not.
 */
public final class CertificateOptions {
  public static final CertificateOptions EMPTY = new CertificateOptions(new TreeMap<>());

  private final SortedMap<Bytes, Bytes> dataByName;

  /** Written once: a certificate is encoded several times on its way to being signed. */
  private final Bytes encoded;

  private CertificateOptions(SortedMap<Bytes, Bytes> dataByName) {
    this.dataByName = Collections.unmodifiableSortedMap(dataByName);
    this.encoded = encode(dataByName);
  }

  /** Reads packed pairs of name and data; unsorted or repeated names are refused. */
  static CertificateOptions decode(WireReader reader) throws SshFormatException {
    TreeMap<Bytes, Bytes> options = new TreeMap<>();
    while (reader.remaining() > 0) {
      int start = reader.offset();
      Bytes name = Bytes.ofUtf8(CertificateTexts.withoutNul(reader));
      if (!options.isEmpty() && options.lastKey().compareTo(name) >= 0) {
        throw new SshFormatException("option names are not sorted and unique", start);
      }
      options.put(name, reader.string());
    }
    return new CertificateOptions(options);
  }

  /** These and one without data: a flag's data is the empty string itself, not a wrapped one. */
  public CertificateOptions flag(String name) {
    return data(name, Bytes.EMPTY);
  }

  /** These and one whose data is a string, which the format wraps twice. */
  public CertificateOptions text(String name, String value) {
    return data(name, new WireWriter(value.length() + 16).text(value).toBytes());
  }

  /**
   * These and one with exactly this data.
   *
   * @throws IllegalArgumentException if the name is there already
   */
  public CertificateOptions data(String name, Bytes data) {
    TreeMap<Bytes, Bytes> options = new TreeMap<>(dataByName);
    if (options.put(Bytes.ofUtf8(name), data) != null) {
      throw new IllegalArgumentException("option " + name + " is there already");
    }
    return new CertificateOptions(options);
  }

  public CertificateOptions without(String name) {
    if (!contains(name)) {
      return this;
    }
    TreeMap<Bytes, Bytes> options = new TreeMap<>(dataByName);
    options.remove(Bytes.ofUtf8(name));
    return new CertificateOptions(options);
  }

  /** The names in the order of their bytes. */
  public List<String> names() {
    return dataByName.keySet().stream().map(CertificateTexts::ofValidUtf8).toList();
  }

  public boolean isEmpty() {
    return dataByName.isEmpty();
  }

  public boolean contains(String name) {
    return dataByName.containsKey(Bytes.ofUtf8(name));
  }

  /** The data as it stands, wrapped if it is a string. */
  public Optional<Bytes> value(String name) {
    return Optional.ofNullable(dataByName.get(Bytes.ofUtf8(name)));
  }

  /** The string that the data wraps; empty if it is no exactly wrapped UTF-8 string. */
  public Optional<String> textValue(String name) {
    return value(name).flatMap(CertificateTexts::unwrapped);
  }

  public Bytes encode() {
    return encoded;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CertificateOptions that && dataByName.equals(that.dataByName);
  }

  @Override
  public int hashCode() {
    return dataByName.hashCode();
  }

  @Override
  public String toString() {
    return names().toString();
  }

  private static Bytes encode(SortedMap<Bytes, Bytes> dataByName) {
    int size = 0;
    for (Map.Entry<Bytes, Bytes> option : dataByName.entrySet()) {
      size += 2 * Integer.BYTES + option.getKey().size() + option.getValue().size();
    }
    WireWriter writer = new WireWriter(size);
    dataByName.forEach((name, data) -> writer.string(name).string(data));
    return writer.toBytes();
  }
}
