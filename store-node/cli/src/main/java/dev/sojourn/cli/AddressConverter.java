package dev.sojourn.cli;

import dev.sojourn.server.config.Address;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an address from the command line as configuration writes it. */
public final class AddressConverter implements ITypeConverter<Address> {
  @Override
  public Address convert(String text) {
    try {
      Address address = Address.parse(text);
      if (address.port() == 0) {
        throw new TypeConversionException("`" + text + "` has no port that can be called");
      }
      return address;
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
