package dev.sojourn.cli.policy;

import dev.sojourn.policy.table.TableTests;
import dev.sojourn.policy.table.TableTests.Result;
import java.io.Writer;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The results of table tests as build servers read them. */
final class JunitXml {
  private JunitXml() {}

  /**
   * @param suite the name under which the cases are shown
   */
  static void write(TableTests run, String suite, Writer to) throws XMLStreamException {
    XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(to);
    long failed = run.results().stream().filter(result -> !result.isPassed()).count();
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", suite);
    xml.writeAttribute("tests", String.valueOf(run.results().size()));
    xml.writeAttribute("failures", String.valueOf(failed));
    for (Result result : run.results()) {
      xml.writeCharacters("\n  ");
      xml.writeStartElement("testcase");
      xml.writeAttribute("classname", suite);
      xml.writeAttribute("name", result.asked().name());
      if (!result.isPassed()) {
        xml.writeStartElement("failure");
        xml.writeAttribute("message", String.join("; ", result.misses()));
        xml.writeCharacters("line " + result.asked().span().line());
        xml.writeEndElement();
      }
      xml.writeEndElement();
    }
    xml.writeCharacters("\n");
    xml.writeEndElement();
    xml.writeEndDocument();
    xml.flush();
  }
}
