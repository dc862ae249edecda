# What comes from the certificate authority, believed only by its signature. Every take_ leaves a
# verified copy in the folder $work/new, or fails and says why.

new=
have=

# distrust WHAT WHY
distrust() {
  complain "Not taken up: $1 $2" "What is here stays in force. Tell the people who run $url."
  return 1
}

# has_one_signature FILE: and nothing behind it, which ssh-keygen would not look at.
has_one_signature() {
  [ "$(grep -c '^-----BEGIN SSH SIGNATURE-----$' "$1")" = 1 ] \
    && [ "$(tail -n 1 "$1")" = "-----END SSH SIGNATURE-----" ]
}

# split_document FILE: into FILE.text and FILE.sig.
split_document() {
  has_one_signature "$1" || return 1
  sed '/^-----BEGIN SSH SIGNATURE-----$/,$d' "$1" >"$1.text"
  sed -n '/^-----BEGIN SSH SIGNATURE-----$/,$p' "$1" >"$1.sig"
  [ -s "$1.text" ] && [ -s "$1.sig" ]
}

# is_signed TEXT SIGNATURE NAMESPACE KEYS: by one of the keys, a line each.
is_signed() {
  sed "s/^/signer namespaces=\"$3\" /" "$4" >"$work/signers"
  ssh-keygen -Y verify -n "$3" -I signer -f "$work/signers" -s "$2" <"$1" >/dev/null 2>&1
}

# The public key inside an armored SSHSIG (PROTOCOL.sshsig): after six letters and a version.
key_of() {
  perl -MMIME::Base64 -e '
    my $armor = do { local $/; <STDIN> };
    $armor =~ s/^-----.*\n//mg;
    my (undef, $key) = unpack "a10 N/a", decode_base64($armor);
    my $type = unpack "N/a", $key;
    $type =~ /\A[a-z0-9@.-]+\z/ or exit 1;
    print "$type ", encode_base64($key, ""), "\n";' <"$1"
}

is_current() {
  [ "$(epoch "$(value "$1" valid-until)")" -gt "$(date +%s)" ]
}

# not_older NEW OLD NAME: the number of that name does not fall. Compared by length and text first:
# sh's numbers end somewhere.
not_older() {
  [ -r "$2" ] || return 0
  perl -e '
    my ($new, $old) = @ARGV;
    /\A(?:0|[1-9][0-9]{0,18})\z/ or exit 1 for $new, $old;
    exit(length $new > length $old || length $new == length $old && $new ge $old ? 0 : 1);
  ' "$(value "$1" "$3")" "$(value "$2" "$3")"
}

take_bundle() {
  file=$new/bundle
  ask GET /v1/bundle "$file" || return
  split_document "$file" && key_of "$file.sig" >"$work/root.pub" \
    || distrust "The trust bundle" "is not signed." || return "$EXIT_REFUSED"
  found=$(ssh-keygen -l -f "$work/root.pub" 2>/dev/null | cut -d ' ' -f 2)
  [ "$found" = "$root" ] \
    || distrust "The trust bundle" "is signed by $found, not by $root." || return "$EXIT_REFUSED"
  is_signed "$file.text" "$file.sig" bundle@daypass.dev "$work/root.pub" \
    || distrust "The trust bundle's signature" "is not good." || return "$EXIT_REFUSED"
  [ "$(sed -n 1p "$file.text")" = daypass-trust-bundle-v1 ] && is_current "$file.text" \
    || distrust "The trust bundle" "has expired." || return "$EXIT_REFUSED"
  not_older "$file.text" "$etc/bundle" number \
    || distrust "The trust bundle" "is older than the one here." || return "$EXIT_REFUSED"
  grep -q "^mode $mode$" "$file.text" \
    || distrust "The trust bundle" "does not allow $mode mode." || return "$EXIT_REFUSED"
}

# The keys of the bundle in $work/new.
read_bundle() {
  for use in channel user-ca host-ca; do
    sed -n "/^-----BEGIN/q; s/^$use //p" "$new/bundle" >"$new/$use.pub"
  done
}

# check_channel FILE NAMESPACE FORMAT WHAT: a document of the channel key for this server.
check_channel() {
  split_document "$1" && is_signed "$1.text" "$1.sig" "$2" "$new/channel.pub" \
    || distrust "$4" "is not signed by the channel key." || return "$EXIT_REFUSED"
  [ "$(sed -n 1p "$1.text")" = "$3" ] && [ "$(value "$1.text" host)" = "$name" ] \
    || distrust "$4" "is not for $name." || return "$EXIT_REFUSED"
  is_current "$1.text" || distrust "$4" "has expired." || return "$EXIT_REFUSED"
}

# The map; whoever changes keys waits until every server has said which trust bundle is in force.
take_map() {
  file=$new/principals.map
  [ ! -r "$etc/bundle" ] || have=$(value "$etc/bundle" number)
  ask GET "/v1/hosts/me/principals${have:+?bundle=$have}" "$file" signed || return
  check_channel "$file" principals@daypass.dev daypass-principals-v1 "The principal map" || return
  not_older "$file.text" "$etc/principals.map" version \
    || distrust "The principal map" "is older than the one here." || return "$EXIT_REFUSED"
  ! sed 1d "$file.text" \
    | grep -Evq '^(host|version|made|valid-until|label|account|grace|named|self) [!-~]+( [!-~]+)*$' \
    || distrust "The principal map" "has a line that this version does not know." \
    || return "$EXIT_REFUSED"
}

# The version in a KRL's head (PROTOCOL.krl): eight bytes after eight and four.
krl_version() {
  perl -e 'local $/; my ($magic, $format, $version) = unpack "a8 N Q>", <STDIN>;
    $magic eq "SSHKRL\n\0" && $format == 1 or exit 1; print "version $version\n"' <"$1"
}

take_krl() {
  file=$new/krl
  ask GET /v1/krl "$file" || return
  # A newer list may have been published meanwhile: the signature is that of this one.
  version=$(sed -n 's/^[Ee][Tt]ag: *"\([0-9]*\)".*/\1/p' "$work/headers" | sed -n 1p)
  ask GET "/v1/krl.sig${version:+?version=$version}" "$file.sig" || return
  has_one_signature "$file.sig" \
    && is_signed "$file" "$file.sig" krl@daypass.dev "$new/channel.pub" \
    || distrust "The KRL" "is not signed by the channel key." || return "$EXIT_REFUSED"
  # A file that is no KRL would open to everybody or to nobody (FORMATS).
  ssh-keygen -q -t ed25519 -N '' -f "$work/probe" </dev/null >/dev/null 2>&1 || :
  krl_version "$file" >"$file.version" && ssh-keygen -Q -f "$file" "$work/probe.pub" >/dev/null 2>&1 \
    || distrust "The KRL" "is none that sshd can read." || return "$EXIT_REFUSED"
  not_older "$file.version" "$etc/krl.version" version \
    || distrust "The KRL" "is older than the one here." || return "$EXIT_REFUSED"
}

# check_certificate FILE: the host document's certificate is for this name and this host key.
check_certificate() {
  sed -n 's/^certificate //p' "$1" >"$new/host-cert.pub"
  ssh-keygen -L -f "$new/host-cert.pub" >"$work/listing" 2>/dev/null || return 1
  own=$(ssh-keygen -l -f "$(host_key).pub" | cut -d ' ' -f 2)
  grep -q '^ *Type: .* host certificate$' "$work/listing" \
    && grep -q "^ *Public key: .* $own\$" "$work/listing" || return 1
  names=$(sed -n '/^ *Principals:/,/^ *Critical/p' "$work/listing" | sed '1d;$d;s/^ *//')
  [ "$names" = "$name" ] || return 1
  while read -r authority; do
    printf '%s\n' "$authority" >"$work/host-ca.pub"
    signer=$(ssh-keygen -l -f "$work/host-ca.pub" | cut -d ' ' -f 2)
    if grep -q "^ *Signing CA: [A-Z0-9-]* $signer " "$work/listing"; then return 0; fi
  done <"$new/host-ca.pub"
  return 1
}

take_certificate() {
  check_channel "$1" host@daypass.dev daypass-host-v1 "The host certificate" || return
  check_certificate "$1.text" \
    || distrust "The host certificate" "is not this server's." || return "$EXIT_REFUSED"
}

# Whether another host CA key signs now than that of the certificate here. Only while the bundle names
# several of them can that be; it is asked of nobody in particular, for what comes is verified.
has_another_signer() {
  [ "$(wc -l <"$new/host-ca.pub")" -gt 1 ] || return 1
  body=
  ask GET /v1/ca/host "$work/host-cas" || return 1
  sed -n 1p "$work/host-cas" >"$work/host-ca.pub"
  signer=$(ssh-keygen -l -f "$work/host-ca.pub" 2>/dev/null | cut -d ' ' -f 2)
  [ -n "$signer" ] \
    && ! ssh-keygen -L -f "$etc/host-cert.pub" | grep -q "^ *Signing CA: [A-Z0-9-]* $signer "
}

# Whether a third of the host certificate's life is over, or the key that signed it is on its way out.
certificate_is_due() {
  [ -s "$etc/host-cert.pub" ] || return 0
  ! has_another_signer || return 0
  window=$(TZ=UTC ssh-keygen -L -f "$etc/host-cert.pub" | sed -n 's/^ *Valid: from //p')
  begins=$(epoch "${window%% to *}")
  ends=$(epoch "${window##* to }")
  [ "$(date +%s)" -ge $((begins + (ends - begins) / 3)) ]
}
