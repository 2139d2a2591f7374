package dev.sojourn.core;

/** The steps of the protocol, each in a class of its own, and how they reach each other. */
final class Steps {
  final Context context;
  final Residency residency;
  final Splitting splitting;
  final Visiting visiting;
  final Keeping keeping;
  final Relocating relocating;
  final Sweeping sweeping;
  final Breaking breaking;
  final Answering answering;
  final Replaying replaying;
  final Granting granting;
  final Ending ending;
  final Announcing announcing;
  final Obligations obligations;
  final Owning owning;
  final Creating creating;
  final Routing routing;
  final PassingOn passingOn;
  final Pulling pulling;
  final Receiving receiving;
  final PullAnswers pullAnswers;
  final Confirming confirming;
  final Requests requests;

  Steps(Context context) {
    this.context = context;
    splitting = new Splitting(context);
    residency = new Residency(context, splitting);
    visiting = new Visiting(this);
    relocating = new Relocating(this);
    sweeping = new Sweeping(this);
    answering = new Answering(context, residency);
    keeping = new Keeping(context, residency);
    obligations = new Obligations(context);
    breaking = new Breaking(context, obligations);
    replaying = new Replaying(context, answering, residency);
    granting = new Granting(context, answering, residency, splitting);
    ending = new Ending(context, answering, obligations);
    owning = new Owning(this);
    creating = new Creating(context, answering, replaying, residency);
    routing = new Routing(context);
    pulling = new Pulling(context, answering, residency);
    passingOn = new PassingOn(context, answering, granting, pulling, routing, residency);
    requests = new Requests(this);
    announcing = new Announcing(context, requests, obligations);
    receiving = new Receiving(context, pulling, requests, obligations, residency, sweeping);
    pullAnswers = new PullAnswers(context, answering, pulling, receiving, requests, residency);
    confirming = new Confirming(context, pulling, requests, ending, obligations);
  }
}
